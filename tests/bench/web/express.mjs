// SPDX-License-Identifier: MIT
// The peer of script/bench web: a child's page by Express and better-sqlite3.
//
//	express.mjs PEER.db PORT FRAME.html [logged]
//
// FRAME.html is Hearth's page of the child; what stands between its <main> tags is made here anew
// for every request, from five prepared queries and with Hearth's picture as it stands, so that both
// servers send the same frame and about the same number of bytes. With `logged` every view is a row of a hash-chained log that is on
// disk before the answer goes out, as Hearth's is; without it nothing is written.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import Database from "better-sqlite3";
import express from "express";

const [place, port, framePath, mode] = process.argv.slice(2);
const db = new Database(place);
db.pragma("journal_mode = wal");
db.pragma("synchronous = full");
db.pragma("cache_size = -65536");
db.pragma("mmap_size = 268435456");

const who = db.prepare(
	`select a.account, a.login, a.shown, a.role from session s
	join account a on a.account = s.account where s.digest = ?`,
);
const child = db.prepare(
	`select c.* from children c join allocation l on l.child = c.child and l.account = ?
	where c.child = ?`,
);
const assessments = db.prepare(
	"select assessed_on, reason, assessor, scores from assessments where child = ? order by assessed_on",
);
const homes = db.prepare(
	"select started, ended, type, provider, legal_status, reason from episodes where child = ? order by started",
);
const costs = db.prepare(
	`select "from", "to", weekly_cost, element, paid_by from costs where child = ? order by "from"`,
);
const lastEntry = db.prepare("select sequence, hash from audit order by sequence desc limit 1");
const addEntry = db.prepare("insert into audit values (?, ?, ?, ?, 'child.view', 'all', ?)");
const log = db.transaction((account, number) => {
	const last = lastEntry.get() ?? { sequence: 0, hash: Buffer.alloc(32) };
	const at = Math.floor(Date.now() / 1000);
	const hash = createHash("sha256")
		.update(last.hash)
		.update(`${last.sequence + 1} ${at} ${account} ${number} child.view all`)
		.digest();
	addEntry.run(last.sequence + 1, at, account, number, hash);
});

const escapes = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
const text = (value) => String(value ?? "").replace(/[&<>"']/g, (c) => escapes[c]);
const cell = (value) => `<td class="govuk-table__cell">${text(value)}</td>`;
const header = (value) => `<th scope="col" class="govuk-table__header">${text(value)}</th>`;
const table = (caption, columns, rows) =>
	`<table class="govuk-table"><caption class="govuk-table__caption govuk-table__caption--m">${text(caption)}</caption>` +
	`<thead class="govuk-table__head"><tr class="govuk-table__row">${columns.map(header).join("")}</tr></thead>` +
	`<tbody class="govuk-table__body">${rows
		.map((row) => `<tr class="govuk-table__row">${row.map(cell).join("")}</tr>`)
		.join("")}</tbody></table>`;

const domains = [
	"Emotional health", "Managing emotions", "Attachments", "Family relationships", "Education",
	"Life story", "Identity", "Expressing", "Safe decisions", "Community", "Self-care",
	"Physical health", "Learning",
];

function main(found, needs, stays, sums) {
	const dates = needs.map((one) => one.assessed_on);
	const scores = needs.map((one) => one.scores.split(","));
	return (
		`<h1 class="govuk-heading-l">${text(found.local_id)}</h1>` +
		`<p class="govuk-body">${text(found.about)}</p>` +
		table("Needs over time", ["Domain", ...dates],
			domains.map((domain, i) => [domain, ...scores.map((one) => one[i])])) +
		picture +
		table("Homes", ["From", "Until", "Kind", "Provider", "Legal status", "Why"],
			stays.map((one) => Object.values(one))) +
		table("Costs", ["From", "Until", "A week", "For", "Paid by"],
			sums.map((one) => Object.values(one)))
	);
}

const page = readFileSync(framePath, "utf8");
const from = page.indexOf(">", page.indexOf("<main")) + 1;
const before = page.slice(0, from);
const after = page.slice(page.indexOf("</main>"));
// Hearth's picture of needs, homes and costs, as it stands: bytes to send, no work to do
const picture = /<div class="app-drawing"[\s\S]*?<\/svg>\s*<\/div>/.exec(page)?.[0] ?? "";

const app = express();
app.disable("x-powered-by");
app.disable("etag");
app.get("/children/:child", (request, response) => {
	const token = /(?:^|; )session=([^;]+)/.exec(request.headers.cookie ?? "")?.[1] ?? "";
	const person = who.get(createHash("sha256").update(token).digest());
	const number = Number(request.params.child);
	const found = person && child.get(person.account, number);
	if (!found) {
		response.status(404).send("There is no such page");
		return;
	}
	const body = before +
		main(found, assessments.all(number), homes.all(number), costs.all(number)) + after;
	if (mode === "logged") log(person.account, number);
	response.set("Cache-Control", "no-store").type("html").send(body);
});
const server = app.listen(Number(port), "127.0.0.1", () => console.log("ready"));
process.on("SIGTERM", () => server.close(() => process.exit(0)));
