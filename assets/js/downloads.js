// SPDX-License-Identifier: MIT
// Files made in the browser: what would make the page too heavy as a link, and pictures of charts.

function save(name, type, parts) {
	const link = document.createElement("a");
	link.href = URL.createObjectURL(new Blob(parts, { type }));
	link.download = name;
	link.click();
	setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

function button(place, words, action) {
	const one = document.createElement("button");
	one.type = "button";
	one.textContent = words;
	one.addEventListener("click", action);
	place.append(one);
	place.hidden = false;
}

// As the program writes CSV: text that a spreadsheet would take for a formula is escaped.
function cell(value) {
	if (value === null) return "";
	if (typeof value === "number") return String(value);
	const text = /^[=+\-@\t\r\n]/.test(value) ? "'" + value : value;
	return /[",\r\n]/.test(text) ? '"' + text.replaceAll('"', '""') + '"' : text;
}

function csv(table) {
	const dates = new Set(table.columns.flatMap((column, i) => (column.type === "date" ? [i] : [])));
	const lines = [table.columns.map((column) => cell(column.name)).join(",")];
	for (const row of table.rows)
		lines.push(row.map((value, i) => (dates.has(i) ? value ?? "" : cell(value))).join(","));
	return lines.join("\r\n") + "\r\n";
}

export function offerData(place, data) {
	const { figure } = data;
	button(place, `Data of figure ${figure.id} as JSON`, () => save(`figure-${figure.id}.json`,
		"application/json", [JSON.stringify(figure)]));
}

export function offerTable(place, data) {
	const table = data.figure.tables.find((one) => one.name === place.dataset.table);
	if (table)
		button(place, place.dataset.words,
			() => save(place.dataset.file, "text/csv;charset=utf-8", [csv(table)]));
}

async function picture(view, name) {
	const canvas = await view.toCanvas(2);
	canvas.toBlob((blob) => save(name, "image/png", [blob]));
}

export function offerChart(place, view, id) {
	button(place, `Chart of figure ${id} as SVG`, async () => save(`figure-${id}.svg`,
		"image/svg+xml", [await view.toSVG()]));
	button(place, `Chart of figure ${id} as PNG`, () => picture(view, `figure-${id}.png`));
}
