// SPDX-License-Identifier: MIT
// A figure's tables as rows of objects, as the chart specs name them.

const measures = new Set(["mean_total", "mean_weekly_cost", "mean_where_present", "mean_residual"]);

function labels(data) {
	const found = new Map();
	for (const [column, code, label] of data.labels) found.set(column + "\n" + code, label);
	return found;
}

// Codes become their labels; `group` is the first code of a row, `inner` the second.
function rows(table, named) {
	const codes = table.columns.filter((column) => column.type === "code");
	return table.rows.map((cells) => {
		const row = {};
		table.columns.forEach((column, i) => {
			const value = cells[i];
			row[column.name] = column.type === "code" && value !== null
				? named.get(column.name + "\n" + value) ?? value : value;
		});
		if (codes.length > 0) row.group = row[codes[0].name] ?? "Not known";
		if (codes.length > 1) row.inner = row[codes[1].name] ?? "Not known";
		return row;
	});
}

// A profile has a column for each domain; charts want a row for each.
function long(table, named, headings) {
	const domains = table.columns.filter(
		(column) => column.name.startsWith("mean_") && !measures.has(column.name));
	return rows(table, named).flatMap((row) => domains.map((column) => ({
		group: row.group ?? "All", inner: row.inner, domain: headings[column.name],
		value: row[column.name], n: row.n,
	})));
}

function joined(into, from) {
	const key = (row) => JSON.stringify([row.group, row.inner]);
	const found = new Map(from.map((row) => [key(row), row]));
	return into.map((row) => {
		const other = found.get(key(row));
		return { ...row, low: other?.low ?? null, high: other?.high ?? null };
	});
}

export function datasets(data) {
	const named = labels(data);
	const sets = {};
	for (const table of [...data.figure.tables, ...data.stand_ins]) {
		sets[table.name] = rows(table, named);
		if (table.name === "profile") sets.profile_long = long(table, named, data.headings);
	}
	for (const name of ["profile", "shares", "domains"])
		if (sets[name] && sets.intervals) sets[name] = joined(sets[name], sets.intervals);
	return sets;
}
