// SPDX-License-Identifier: MIT
// The parts of pages beside govuk-frontend's own fixtures: every fixture that asks only for what a
// part of ours can show must come out as the same HTML, but for the differences named here.
//   parts.test.mjs PART_PAGE
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const fixtures = (component) => JSON.parse(readFileSync(require.resolve(
	`govuk-frontend/dist/govuk/components/${component}/fixtures.json`), "utf8")).fixtures;

// Only keys that are listed; anything else is something that part cannot show.
const only = (object, ...keys) => Object.keys(object ?? {}).every((key) => keys.includes(key));
const plain = (object, ...more) => object === undefined || only(object, "text", ...more);

const fieldParts = (options) => ({
	name: options.id ?? options.name, label: options.label?.text, hint: options.hint?.text,
	fault: options.errorMessage?.text });
const field = (options, ...more) =>
	only(options, "id", "name", "label", "hint", "errorMessage", ...more) &&
	plain(options.label) && plain(options.hint) && plain(options.errorMessage);
// a field of ours has its name for an id
const named = (html, options) => options.id
	? html.replace(`name="${options.name}"`, `name="${options.id}"`) : html;
const chosen = (options, item) =>
	Boolean(item.checked ?? (item.value !== undefined && item.value === options.value));
const choices = (component) => ({
	asked(options) {
		const legend = options.fieldset?.legend;
		if (!only(options, "name", "hint", "errorMessage", "fieldset", "items", "value") ||
			!only(options.fieldset, "legend") || !legend || !plain(legend, "classes") ||
			!plain(options.hint) || !plain(options.errorMessage) ||
			!["", undefined, "govuk-fieldset__legend--s"].includes(legend.classes) ||
			!options.items.every((one) => one && only(one, "value", "text", "hint", "checked") &&
				one.text && one.value && plain(one.hint)))
			return null;
		return { part: component, ...fieldParts(options), label: legend.text,
			items: options.items.map((one) => ({ value: String(one.value), words: one.text,
				hint: one.hint?.text, chosen: chosen(options, one) })) };
	},
	// our questions are all of one size
	theirs: (html) => html.replace(/class="govuk-fieldset__legend"/,
		'class="govuk-fieldset__legend govuk-fieldset__legend--s"'),
	least: 3,
});

const parts = {
	input: {
		asked(options) {
			const width = /^govuk-input--width-(\d+)$/.exec(options.classes ?? "");
			if (!field(options, "value", "type", "inputmode", "autocomplete", "classes") ||
				(options.classes && !width)) return null;
			return { part: "input", ...fieldParts(options), width: width?.[1], type: options.type,
				value: options.value, inputmode: options.inputmode,
				autocomplete: options.autocomplete };
		},
		ours: (html) => html.replace(' value=""', ""), // no value is an empty one
		least: 12,
	},
	textarea: {
		asked: (options) => field(options, "value", "rows") ? { part: "textarea",
			...fieldParts(options), value: options.value, rows: options.rows } : null,
		least: 4,
	},
	select: {
		asked(options) {
			if (!field(options, "items", "value") || !options.items?.every((one) => one && one.text &&
				one.value && only(one, "value", "text", "selected"))) return null;
			return { part: "select", ...fieldParts(options), items: options.items.map((one) => ({
				value: String(one.value), words: one.text,
				chosen: one.selected ?? (one.value === options.value) })) };
		},
		least: 1,
	},
	radios: choices("radios"),
	checkboxes: choices("checkboxes"),
	"password-input": {
		asked: (options) => field(options, "autocomplete") ? { part: "password",
			...fieldParts(options), autocomplete: options.autocomplete } : null,
		// two passwords on a page have two names for their buttons
		ours: (html) => html.replace(/aria-label="Show [^"]*"/, 'aria-label="Show password"'),
		least: 3,
	},
	"error-summary": {
		asked: (options) => only(options, "titleText", "errorList") && options.errorList &&
			options.titleText === "There is a problem" &&
			options.errorList.every((one) => only(one, "text", "href") && one.text) ? {
			part: "faults", items: options.errorList.map((one) => ({
				field: one.href?.replace("#", ""), words: one.text })) } : null,
		least: 2,
	},
	"notification-banner": {
		asked: (options) => only(options, "text", "type") && options.text &&
			["success", undefined].includes(options.type) ? { part: "banner",
			success: options.type === "success", heading: options.text } : null,
		theirs: (html) => html.replaceAll("govuk-notification-banner-title", "banner-title"),
		least: 1,
	},
	pagination: {
		asked(options) {
			const words = (way) => way?.labelText === undefined && (way?.html ?? way?.text) === undefined;
			if (!only(options, "previous", "next") || !words(options.previous) || !words(options.next))
				return null;
			return { part: "pagination", previous: options.previous?.href, next: options.next?.href };
		},
		// the arrow onwards stands after its words, as in their list with numbers
		ours: (html) => html.replace(
			/(<span class="govuk-pagination__link-title">Next.*?<\/span><\/span>)(<svg.*?<\/svg>)/s, "$2$1"),
		// the arrows are drawn anew; what a list's pages are called is said shorter; a link is wide
		both: (html) => html.replaceAll(/<path[^>]*>/g, "<path>").replaceAll(/ aria-label="[^"]*"/g, "")
			.replace(" govuk-pagination--block", "")
			.replaceAll(" govuk-pagination__link-title--decorated", ""),
		least: 1,
	},
	"summary-list": {
		asked(options) {
			const row = (one) => one && only(one, "key", "value", "actions") && plain(one.key) &&
				plain(one.value) && one.value.text && (!one.actions ||
				(only(one.actions, "items") && one.actions.items?.length === 1 &&
				only(one.actions.items[0], "href", "text")));
			if (!only(options, "rows") || !options.rows?.length || !options.rows.every(row)) return null;
			return { part: "summary", items: options.rows.map((one) => ({ key: one.key.text,
				value: one.value.text, path: one.actions?.items[0].href,
				action: one.actions?.items[0].text })) };
		},
		// what a link changes is said to those who hear it only
		ours: (html) => html.replaceAll(/<span class="govuk-visually-hidden">[^<]*<\/span>/g, ""),
		// a row without a link in a list without links needs no room for one
		both: (html) => html.replaceAll(" govuk-summary-list__row--no-actions", ""),
		least: 1,
	},
	table: {
		asked(options) {
			if (!only(options, "caption", "captionClasses", "head", "rows", "firstCellIsHeader") ||
				!options.head || !options.caption ||
				!options.head.every((one) => only(one, "text", "format")) ||
				!options.rows.every((row) => row?.every((one) => only(one, "text", "format") && one.text)))
				return null;
			return { part: "table", caption: options.caption,
				columns: options.head.map((one) => ({ words: one.text, numeric: one.format === "numeric" })),
				rows: options.rows.map((row) => row.map((one, i) => ({ words: one.text,
					numeric: one.format === "numeric",
					header: Boolean(options.firstCellIsHeader) && i === 0 }))) };
		},
		// ours scrolls by itself where it is too wide
		ours: (html) => html.replace(/^\s*<div[^>]*>/, "").replace(/<\/div>\s*$/, "")
			.replace(" app-table", ""),
		both: (html) => html.replace(/govuk-table__caption--\w+/, ""),
		least: 1,
	},
};

// Tags with their attributes in order, texts without the space that HTML does not show.
const words = (key, value) => {
	const list = value.trim().split(/\s+/);
	return key === "class" ? list.sort() : list;
};
function shape(html) {
	const found = [];
	for (const [, tag, text] of html.matchAll(/(<[^>]*>)|([^<]+)/g)) {
		if (tag) {
			const [, name, rest] = /^<(\/?\w+)([^>]*)>$/s.exec(tag);
			const attributes = [...rest.matchAll(/([\w-]+)(?:="([^"]*)")?/g)].map(([, key, value]) =>
				`${key}="${words(key, value ?? "").join(" ")}"`).sort();
			found.push(`<${[name, ...attributes].join(" ")}>`);
		} else if (text.trim()) {
			found.push(text.trim().replaceAll(/\s+/g, " ").replaceAll("&#39;", "'"));
		}
	}
	return found.join("\n");
}

let good = 0, bad = 0;
for (const [component, part] of Object.entries(parts)) {
	const asked = fixtures(component).map((one) => ({ ...one, asked: part.asked(one.options) }))
		.filter((one) => one.asked);
	const run = spawnSync(process.argv[2], { encoding: "utf8",
		input: asked.map((one) => `${JSON.stringify(one.asked)}\n`).join("") });
	const answers = run.stdout.split("\n.\n");
	if (run.status !== 0 || asked.length < part.least) {
		console.log(`FAILED ${component}: ${asked.length} fixtures, ${run.stderr}`);
		bad++;
		continue;
	}
	asked.forEach((one, i) => {
		const both = part.both ?? ((html) => html);
		const ours = shape(both((part.ours ?? ((html) => html))(answers[i])));
		const theirs = shape(both((part.theirs ?? named)(one.html, one.options)));
		if (ours === theirs) {
			good++;
		} else {
			bad++;
			console.log(`FAILED ${component}: ${one.name}\n--- theirs\n${theirs}\n--- ours\n${ours}`);
		}
	});
	console.log(`${component}: ${asked.map((one) => one.name).join(", ")}`);
}
console.log(`${good} passed, ${bad} failed`);
process.exitCode = bad ? 1 : 0;
