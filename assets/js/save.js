// SPDX-License-Identifier: MIT
// Saves a form while somebody types: at most a few seconds after the last key, never later than five
// after the first that is not saved. What is sent is kept until the server says it has it, and sent
// again as it was, so that an answer that got lost is no conflict. The form itself is never changed
// but for its hidden revision: what was typed stays whatever happens.
const quietSeconds = 1.5, longestSeconds = 5, againSeconds = 3;

const time = () => new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });

export function saveAsTyped(form, session) {
	const part = (name) => form.querySelector(`[data-save-part="${name}"]`);
	const say = (state, trouble = "") => {
		part("state").textContent = state;
		if (part("trouble").textContent !== trouble) part("trouble").textContent = trouble;
	};
	const content = () => {
		const fields = new URLSearchParams(new FormData(form));
		for (const name of ["csrf", "revision"]) fields.delete(name);
		return fields.toString();
	};
	let saved = content(), pending = null, working = null, stopped = false, leaving = false;
	let quiet, longest, again;

	const dirty = () => pending !== null || content() !== saved;
	const clear = () => {
		for (const timer of [quiet, longest, again]) clearTimeout(timer);
		quiet = longest = again = undefined;
	};
	const retry = () => {
		clearTimeout(again);
		again = setTimeout(() => save(), againSeconds * 1000);
	};

	async function post(keepalive) {
		const body = new URLSearchParams(pending);
		body.set("csrf", form.elements.csrf.value);
		body.set("revision", form.elements.revision.value);
		const text = body.toString();
		return fetch(form.action, { method: "POST", body: text, redirect: "manual", cache: "no-store",
			// a page that goes may send this much
			keepalive: keepalive && text.length < 60000,
			headers: { Accept: "application/json", "Content-Type": "application/x-www-form-urlencoded" } });
	}

	// A form that was opened in a session that is over needs a token of the new one.
	async function send(keepalive) {
		let answer = await post(keepalive);
		if (answer.status === 403 && await session?.renew()) answer = await post(keepalive);
		return answer;
	}

	function take(answer) {
		session?.extend(answer.left, answer.last);
		if (answer.state === "saved") {
			form.elements.revision.value = answer.revision;
			if (answer.path) {
				form.action = answer.path;
				history.replaceState(null, "", answer.path);
			}
			saved = pending;
			pending = null;
			say(`Saved at ${time()}`);
			return true;
		}
		pending = null;
		if (answer.state === "second") {
			stopped = true;
			say("Not saved", `${answer.words} Press “Save” to see both.`);
		} else {
			saved = content();
			say("Not saved yet", answer.words);
		}
		return false;
	}

	// True when the server has all that was typed up to now.
	async function once(keepalive) {
		pending ??= content();
		try {
			const answer = await send(keepalive);
			if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) {
				say("Not saved", "You are signed out. What you typed stays on this page and is saved " +
					"when you have signed in again in another tab.");
				session?.over();
				retry();
				return false;
			}
			if (!/^application\/(problem\+)?json/.test(answer.headers.get("Content-Type") ?? ""))
				throw new Error(`status ${answer.status}`);
			return take(await answer.json());
		} catch {
			say("Not saved", "The server cannot be reached. What you typed stays on this page; saving is " +
				"tried again every few seconds.");
			retry();
			return false;
		}
	}

	async function save(keepalive = false) {
		if (working) {
			await working;
			if (!dirty() || again) return;
		}
		clear();
		if (stopped || !dirty()) return;
		say("Saving …", part("trouble").textContent);
		working = once(keepalive);
		const good = await working;
		working = null;
		if (good && dirty()) typed();
	}

	function typed() {
		if (stopped) return;
		if (!working) part("state").textContent = "Not saved yet";
		clearTimeout(quiet);
		quiet = setTimeout(() => save(), quietSeconds * 1000);
		longest ??= setTimeout(() => save(), longestSeconds * 1000);
	}

	form.addEventListener("input", () => content() !== saved && typed());
	form.addEventListener("change", () => content() !== saved && typed());
	// The button waits for what is on its way, and leaves the page only where the server is there and
	// knows who asks: otherwise what was typed would go with it.
	form.addEventListener("submit", async (event) => {
		if (leaving) return;
		const button = event.submitter;

		event.preventDefault();
		clear();
		if (working) await working;
		clear();
		if (pending !== null && !stopped && !await once(false) && !stopped) return;
		if (session && !await session.renew().catch(() => null)) {
			if (session.isOver()) session.over();
			say("Not saved", session.isOver() ? "You are signed out. What you typed stays on this page." :
				"The server cannot be reached. What you typed stays on this page: try again.");
			return;
		}
		leaving = true;
		form.requestSubmit(button);
	});
	document.addEventListener("visibilitychange", () => {
		if (document.visibilityState === "hidden") save(true);
		else if (dirty()) save();
	});
	window.addEventListener("pagehide", () => !leaving && save(true));
	window.addEventListener("online", () => save());
	window.addEventListener("beforeunload", (event) => {
		if (!leaving && !stopped && dirty() && part("trouble").textContent) event.preventDefault();
	});
	// back by the history: what was typed may not be what is saved
	window.addEventListener("pageshow", () => {
		leaving = false;
		if (content() !== saved) typed();
	});
}
