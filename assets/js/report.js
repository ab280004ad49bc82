// SPDX-License-Identifier: MIT
// Draws the charts of a report, one after another while the browser is idle, and offers downloads. The
// page is whole without it: every chart's numbers stand in a table.
import { datasets } from "./data.js";
import { offerChart, offerData, offerTable } from "./downloads.js";
import { marksByKey } from "./marks.js";
import { draw } from "./vega.js";

const read = (id) => JSON.parse(document.getElementById(id).textContent);

const panel = 215;
const labelled = 210;

// Small multiples stand in as many columns as there is room for, as wide as fills it.
function fit(spec, width) {
	const most = spec.layout?.columns;
	if (typeof most !== "number") return spec;
	const columns = Math.max(1, Math.min(most, Math.floor((width - labelled) / panel)));
	const gap = spec.layout.padding?.column ?? 20;
	spec.layout.columns = columns;
	for (const signal of spec.signals ?? [])
		if (signal.name === "child_width")
			signal.value = Math.max(90, (width - labelled) / columns - gap);
	return JSON.parse(JSON.stringify(spec).replaceAll(`) / ${most})`, `) / ${columns})`)
		.replaceAll(`, ${most})`, `, ${columns})`));
}

// Puts the tables into the spec; false when there is nothing to draw.
function fill(spec, sets) {
	let rows = 0;
	for (const data of spec.data ?? []) {
		if (data.source || data.url || data.values || data.transform?.[0]?.type === "sequence") continue;
		data.values = sets[data.name] ?? [];
		rows += data.values.length;
	}
	return rows > 0;
}

// To a screen reader a chart is one picture that says its finding; its numbers are in the table.
function describe(place, words) {
	place.setAttribute("role", "img");
	place.removeAttribute("aria-roledescription");
	place.setAttribute("aria-label", words);
	place.querySelector("svg").setAttribute("aria-hidden", "true");
}

function chart(place) {
	const data = read("data-" + place.dataset.figure);
	// it has a width only while it is shown
	place.hidden = false;
	const spec = fit(read("chart-" + place.dataset.chart), place.clientWidth);
	if (!fill(spec, datasets(data))) {
		place.hidden = true;
		return;
	}
	const words = `Chart. ${place.dataset.finding} The table below has the numbers.`;
	const view = draw(spec, place, words);
	describe(place, words);
	view.runAsync().then(() => marksByKey(place, words));
	const downloads = document.querySelector(`[data-downloads="${place.dataset.figure}"]`);
	offerChart(downloads, view, data.figure.id);
}

function attempt(place) {
	try {
		chart(place);
	} catch (error) {
		// the table below says the same
		place.hidden = true;
		console.error(error);
	}
}

const waiting = [...document.querySelectorAll("[data-chart]")];

function drawOne() {
	const place = waiting.shift();
	if (place) attempt(place);
	if (waiting.length > 0) idle();
	else document.documentElement.dataset.charts = "drawn";
}

function idle() {
	if (window.requestIdleCallback) window.requestIdleCallback(drawOne, { timeout: 500 });
	else setTimeout(drawOne, 0);
}

for (const place of document.querySelectorAll("[data-downloads]"))
	offerData(place, read("data-" + place.dataset.downloads));
for (const place of document.querySelectorAll("[data-csv]"))
	offerTable(place, read("data-" + place.dataset.csv));
window.addEventListener("beforeprint", () => {
	while (waiting.length > 0) drawOne();
	for (const details of document.querySelectorAll("details:not([open])")) {
		details.open = true;
		details.dataset.closed = "";
	}
});
window.addEventListener("afterprint", () => {
	for (const details of document.querySelectorAll("details[data-closed]")) details.open = false;
});
idle();
