// SPDX-License-Identifier: MIT
// A chart by keyboard: it is one stop of the tab key, the arrow keys go from mark to mark, and each mark is
// read out and shown under the chart.
const most = 400;

const hint = "Use the arrow keys to go through the chart.";

// "Children: 539; Placement: Residential" as the chart's own axes name them.
const words = (mark) => mark.getAttribute("aria-label").replaceAll(";", ",");

export function marksByKey(place, description) {
	const marks = [...place.querySelectorAll('.role-mark [role="graphics-symbol"][aria-label]')]
		.filter((mark) => !mark.closest(".role-axis, .role-legend, .mark-text, .mark-group .mark-rule"));
	goThrough(place, description, marks, words);
}

// A picture that the server drew: its marks say what they are in data-mark.
export function drawingByKey(place) {
	goThrough(place, place.dataset.drawing, [...place.querySelectorAll("[data-mark]")],
		(mark) => mark.dataset.mark);
}

function goThrough(place, description, marks, words) {
	if (marks.length === 0 || marks.length > most) return;
	const reader = document.createElement("p");
	reader.className = "app-chart__mark";
	reader.setAttribute("aria-live", "polite");
	place.after(reader);
	let at = -1;
	const show = (next) => {
		marks[at]?.classList.remove("app-chart__here");
		at = (next + marks.length) % marks.length;
		marks[at].classList.add("app-chart__here");
		reader.textContent = `${words(marks[at])} (${at + 1} of ${marks.length})`;
	};
	const keys = {
		ArrowRight: () => show(at + 1),
		ArrowDown: () => show(at + 1),
		ArrowLeft: () => show(at < 0 ? -1 : at - 1),
		ArrowUp: () => show(at < 0 ? -1 : at - 1),
		Home: () => show(0),
		End: () => show(marks.length - 1),
	};
	place.tabIndex = 0;
	place.setAttribute("role", "group");
	place.setAttribute("aria-roledescription", "chart");
	place.setAttribute("aria-label", `${description} ${hint}`);
	place.addEventListener("focus", () => {
		if (at < 0) reader.textContent = hint;
	});
	place.addEventListener("blur", () => {
		marks[at]?.classList.remove("app-chart__here");
		reader.textContent = "";
		at = -1;
	});
	place.addEventListener("keydown", (event) => {
		if (!keys[event.key] || event.ctrlKey || event.altKey || event.metaKey) return;
		event.preventDefault();
		keys[event.key]();
	});
}
