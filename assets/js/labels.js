// SPDX-License-Identifier: MIT
// Where the labels of points go, so that they do not lie on each other.

const width = 750, height = 320, letter = 6.6, line = 14;

const scale = (rows, field, size) => {
	const values = rows.map((row) => row[field]).filter((value) => value !== null);
	const least = Math.min(...values), most = Math.max(...values);
	return (value) => (most > least ? ((value - least) / (most - least)) * size : size / 2);
};

const overlap = (a, b) =>
	Math.max(0, Math.min(a.right, b.right) - Math.max(a.left, b.left)) *
	Math.max(0, Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top));

function box(point, text, align, dy) {
	const long = text.length * letter;
	const left = align === "left" ? point.x + 9 : point.x - 9 - long;
	return { left, right: left + long, top: point.y + dy - line / 2, bottom: point.y + dy + line / 2 };
}

// Each label takes the side of its point where it meets least of the points and of the labels before.
export function place(rows, x, y) {
	const across = scale(rows, x, width), up = scale(rows, y, height);
	const points = rows.map((row) => ({ x: across(row[x]), y: height - up(row[y]) }));
	const taken = points.map((one) => ({ left: one.x - 6, right: one.x + 6, top: one.y - 6, bottom: one.y + 6 }));
	rows.forEach((row, i) => {
		let best = null;
		for (const dy of [0, -12, 12])
			for (const align of ["left", "right"]) {
				const one = box(points[i], row.first, align, dy);
				const out = Math.max(0, one.right - width - 100) + Math.max(0, -one.left);
				const cost = taken.reduce((sum, other, j) => sum + (j === i ? 0 : overlap(one, other)),
					out * line + Math.abs(dy) + (align === "right" ? 2 : 0));
				if (!best || cost < best.cost) best = { cost, one, align, dy };
			}
		taken.push(best.one);
		row.label_align = best.align;
		row.label_dx = best.align === "left" ? 9 : -9;
		row.label_dy = best.dy;
	});
}
