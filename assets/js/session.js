// SPDX-License-Identifier: MIT
// Warns before the session ends and offers to stay. The page is never left or loaded again, so a form
// that is being filled is kept; after signing in again in another tab its form token is renewed.
const warnSeconds = 120;

const words = (seconds) => seconds > 90 ? `${Math.round(seconds / 60)} minutes`
	: seconds > 1 ? `${seconds} seconds` : "a moment";

// Asks the server how long there is; it counts as doing something.
async function ask() {
	const answer = await fetch("/session", { headers: { Accept: "application/json" }, cache: "no-store" });
	if (answer.status === 401 || answer.status === 403) return { left: 0, last: 0 };
	if (!answer.ok) throw new Error(`status ${answer.status}`);
	return answer.json();
}

// What a form that saves by itself needs to know of the session; null on pages of nobody.
export function watchSession(dialog) {
	if (!dialog) return null;
	const part = (name) => dialog.querySelector(`[data-part="${name}"]`);
	const now = () => Math.floor(Date.now() / 1000);
	const tabs = "BroadcastChannel" in window ? new BroadcastChannel("hearth-session") : null;
	let ends, last, closedFor = 0;

	const set = (left, lastLeft) => {
		ends = now() + left;
		last = now() + lastLeft;
	};
	const show = (name) => {
		for (const one of ["soon", "last", "over"]) part(one).hidden = one !== name;
		part("stay").hidden = name !== "soon";
		part("again").hidden = name !== "over";
		if (!dialog.open) dialog.showModal();
	};
	const look = () => {
		const left = Math.min(ends, last) - now();
		const over = left <= 0;
		const name = over ? "over" : last <= ends ? "last" : "soon";
		if (left > warnSeconds) {
			closedFor = 0;
			if (dialog.open) dialog.close();
			return;
		}
		for (const time of dialog.querySelectorAll('[data-part="time"]'))
			time.textContent = words(left);
		// said at the beginning and at the end, not every second
		if (closedFor !== (over ? 2 : 1)) show(name);
	};
	const fresh = async () => {
		const answer = await ask();
		set(answer.left, answer.last);
		if (answer.csrf)
			for (const field of document.querySelectorAll('input[name="csrf"]')) field.value = answer.csrf;
		tabs?.postMessage({ left: answer.left, last: answer.last });
		look();
		return Math.min(answer.left, answer.last) > 0;
	};

	set(Number(dialog.dataset.left), Number(dialog.dataset.last));
	tabs?.postMessage({ left: Number(dialog.dataset.left), last: Number(dialog.dataset.last) });
	tabs?.addEventListener("message", ({ data }) => {
		set(data.left, data.last);
		look();
	});
	part("stay").addEventListener("click", () => fresh().then(() => {
		part("said").textContent = "You are still signed in.";
	}, () => {
		part("said").textContent = "The server could not be reached.";
	}));
	dialog.addEventListener("close", () => {
		closedFor = Math.min(ends, last) <= now() ? 2 : 1;
	});
	part("close").addEventListener("click", () => dialog.close());
	// back from the tab where one signed in again, or from a laptop that was closed
	document.addEventListener("visibilitychange", () => {
		if (document.visibilityState !== "visible") return;
		if (Math.min(ends, last) <= now()) fresh().catch(look);
		else look();
	});
	setInterval(look, 1000);
	return {
		// a page on which somebody types is not idle
		extend(left, lastLeft) {
			set(left, lastLeft);
			tabs?.postMessage({ left, last: lastLeft });
			look();
		},
		renew: fresh, // true where there is a session; the forms have its token then
		isOver: () => Math.min(ends, last) <= now(),
		over() {
			set(0, 0);
			look();
		},
	};
}
