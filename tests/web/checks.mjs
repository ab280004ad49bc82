// SPDX-License-Identifier: MIT
// What every page is held to: axe, html-validate, nothing off the edge, nothing asked of others.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { HtmlValidate } from "html-validate";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

const validator = new HtmlValidate({
	extends: ["html-validate:recommended"],
	rules: {
		// our templates write what the standard allows: <br>, no trailing space worries, own class names
		"no-trailing-whitespace": "off",
		"long-title": "off",
		// the roles are of scrolling boxes and of banners
		"prefer-native-element": "off",
		"no-redundant-for": "off",
		// govuk-frontend's own markup: an empty list of classes or a named region says nothing wrong
		"no-redundant-role": "off",
		"aria-label-misuse": ["error", { allowAnyNamable: true }],
		// checkboxes of one question have one name
		"form-dup-name": ["error", { shared: ["radio", "checkbox", "submit", "button", "reset"] }],
	},
});

// Faults of a page's HTML as the server sent it.
export async function htmlFaults(text, name) {
	const report = await validator.validateString(text, name);
	return report.results.flatMap((one) => one.messages.map(
		(message) => `${message.line}: ${message.ruleId}: ${message.message}`));
}

// axe waits for timers, which a window without JavaScript does not have: it is asked with JavaScript.
export async function axeFaults(page) {
	if (page.context().scriptless) return [];
	await page.evaluate(axe);
	const { violations } = await page.evaluate((tags) =>
		axe.run(document, { runOnly: { type: "tag", values: tags } }), rules);
	return violations.map((one) =>
		`${one.id}: ${one.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(" | ")}`);
}

// What leaves the page at its right, other than within tables that scroll by themselves.
export const tooWide = (page, within) => page.evaluate((inside) => {
	const width = document.documentElement.clientWidth;
	return [...document.querySelectorAll("body *")]
		.filter((one) => one.getBoundingClientRect().right > width + 1 && one.checkVisibility() &&
			(inside || !one.closest(".app-table-box")) && !one.closest("svg"))
		.map((one) => one.outerHTML.slice(0, 120)).slice(0, 5);
}, within);

export const paperWidth = 695; // A4 less its margins, in CSS pixels

// Everything at once, for a page as it stands: `html` is what the server sent.
export async function holdToAll(page, html, name) {
	assert.deepEqual((await htmlFaults(html, name)).slice(0, 10), [], `${name}: html-validate`);
	assert.doesNotMatch(html, /\sstyle="|\son[a-z]+="|GDS Transport|crown/, `${name}: inline`);
	const size = page.viewportSize();
	assert.deepEqual(await axeFaults(page), [], `${name}: axe, wide`);
	await page.setViewportSize({ width: 320, height: 800 });
	assert.deepEqual(await axeFaults(page), [], `${name}: axe, 320 px`);
	assert.deepEqual(await tooWide(page, false), [], `${name}: 320 px`);
	assert.ok(await page.evaluate(() => document.documentElement.scrollWidth) <= 320,
		`${name}: scrolls sideways at 320 px`);
	await page.setViewportSize({ width: paperWidth, height: 900 });
	await page.emulateMedia({ media: "print" });
	assert.deepEqual(await tooWide(page, true), [], `${name}: print`);
	await page.emulateMedia({ media: "screen" });
	await page.setViewportSize(size);
}

// A folder for pictures of every page, to be looked at.
const shots = process.env.SHOTS;
if (shots) mkdirSync(shots, { recursive: true });
// Where a picture of that name goes, when pictures are wanted.
export const shotOf = (name, kind) => shots && join(shots, `${name.replaceAll(/[^a-z0-9]+/gi, "-")}${kind}`);

// A page of app.mjs as it was sent: held to all, and pictured.
export async function hold(page, name) {
	await holdToAll(page, await page.html(), name);
	if (!shots) return;
	const size = page.viewportSize();
	await page.screenshot({ path: shotOf(name, ".png"), fullPage: true });
	await page.setViewportSize({ width: 320, height: 800 });
	await page.screenshot({ path: shotOf(name, "-320.png"), fullPage: true });
	await page.setViewportSize(size);
	await page.pdf({ path: shotOf(name, ".pdf"), format: "A4", preferCSSPageSize: true });
}

// Presses Tab, as somebody without a mouse does: what has the focus, which must be seen there.
export async function tab(page) {
	await page.keyboard.press("Tab");
	const { name, seen } = await page.evaluate(() => {
		const one = document.activeElement, style = getComputedStyle(one);
		return { name: one.id || one.textContent.trim().replaceAll(/\s+/g, " "),
			seen: one === document.body || style.outlineStyle !== "none" || style.boxShadow !== "none" };
	});
	assert.ok(seen, `focus is not seen on ${name}`);
	return name;
}

export async function tabUntil(page, wanted, most) {
	for (let i = 0; i < most; i++)
		if (await tab(page) === wanted) return;
	assert.fail(`${wanted} is not reached on ${page.url()}`);
}
