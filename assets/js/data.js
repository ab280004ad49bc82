// SPDX-License-Identifier: MIT
// A figure's tables as rows of objects, as the chart specs name them.
import { place } from "./labels.js";

const measures = new Set(["mean_total", "mean_weekly_cost", "mean_where_present", "mean_residual"]);

function labels(data) {
	const found = new Map();
	for (const [column, code, label] of data.labels) found.set(column + "\n" + code, label);
	return found;
}

// In which order the program states the codes of a column.
function places(data) {
	const found = new Map();
	const counts = new Map();
	for (const [column, code] of data.labels) {
		const key = column + "\n" + code;
		if (found.has(key)) continue;
		found.set(key, counts.get(column) ?? 0);
		counts.set(column, found.get(key) + 1);
	}
	return found;
}

// Codes become their labels (the code stays beside it); `first` and `second` are those of the first and
// the second column of codes, whatever they are called.
function rows(table, names) {
	const codes = table.columns.filter((column) => column.type === "code");
	const grouping = table.columns.findIndex((column) => column.name === "grouping");
	return table.rows.map((cells) => {
		const row = { first: "All", first_number: 0 };
		table.columns.forEach((column, i) => {
			const value = cells[i];
			const within = grouping >= 0 && i !== grouping ? cells[grouping] + "/" : "";
			const key = column.name + "\n" + within + value;
			row[column.name] = value;
			if (column.type !== "code") return;
			row[column.name] = names.labels.get(key) ?? value;
			row[column.name + "_code"] = value;
			const at = codes.indexOf(column);
			if (at > 1) return;
			row[at === 0 ? "first" : "second"] = row[column.name] ?? "Not known";
			row[at === 0 ? "first_number" : "second_number"] = names.places.get(key) ?? 0;
		});
		return row;
	});
}

// A profile has a column for each domain; charts want a row for each.
function long(table, names, headings) {
	const domains = table.columns.filter(
		(column) => column.name.startsWith("mean_") && !measures.has(column.name));
	return rows(table, names).flatMap((row) => domains.map((column, i) => ({
		first: row.first, second: row.second, domain: headings[column.name], domain_number: i,
		value: row[column.name], n: row.n,
	})));
}

function joined(into, from) {
	const key = (row) => JSON.stringify([row.first, row.second]);
	const found = new Map(from.map((row) => [key(row), row]));
	return into.map((row) => {
		const other = found.get(key(row));
		return { ...row, low: other?.low ?? null, high: other?.high ?? null };
	});
}

export function datasets(data) {
	const names = { labels: labels(data), places: places(data) };
	const sets = {};
	for (const table of [...data.figure.tables, ...data.stand_ins]) {
		sets[table.name] = rows(table, names);
		if (table.name === "profile") sets.profile_long = long(table, names, data.headings);
	}
	for (const name of ["profile", "shares", "domains"])
		if (sets[name] && sets.intervals) sets[name] = joined(sets[name], sets.intervals);
	if (sets.domains) place(sets.domains, "percent", "mean_where_present");
	sets.all_points = sets.points ?? sets.bins ?? [];
	for (const stay of sets.placements ?? []) stay.until = stay.to ?? data.as_at;
	// the last cost goes on to the day of the report
	if (sets.costs?.length) sets.costs.push({ ...sets.costs.at(-1), from: data.as_at });
	return sets;
}
