-- SPDX-License-Identifier: MIT
-- For wrk: asks for one path after the other, over and over, from a random one on. wrk -s turn.lua URL -- FILE-OF-PATHS COOKIE
local requests, at = {}, 0

function init(args)
	for path in io.lines(args[1]) do
		requests[#requests + 1] = wrk.format("GET", path, { Host = wrk.host .. ":" .. wrk.port, Cookie = args[2] })
	end
end

function request()
	at = at % #requests + 1
	return requests[at]
end
