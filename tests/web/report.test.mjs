// SPDX-License-Identifier: MIT
// The HTML report in a real browser: node tests/web/report.test.mjs REPORT.html...
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { closeBrowser, open, withBrowser } from "./browser.mjs";
import { axeFaults, htmlFaults, paperWidth, tooWide } from "./checks.mjs";

const sizeMost = 3_000_000;

const tests = {
	async "is valid HTML of a sensible size"(file) {
		const text = readFileSync(file, "utf8");
		const faults = await htmlFaults(text, file);
		assert.deepEqual(faults.slice(0, 10), []);
		assert.ok(text.length < sizeMost, `${text.length} bytes`);
		assert.doesNotMatch(text, /GDS Transport|crown|\sstyle="|\son[a-z]+="/);
	},

	async "asks nothing of a network and breaks no rule of its own"(file) {
		await withBrowser({}, async (browser) => {
			const { page, troubles } = await open(browser, file);
			assert.deepEqual(troubles, []);
			assert.match(await page.getAttribute("meta[http-equiv]", "content"),
				/^default-src 'none'; style-src 'sha256-[^']+'; img-src data:;/);
		});
	},

	async "passes axe (WCAG 2.2 AA) on a wide and on a narrow screen"(file) {
		for (const width of [1200, 320])
			await withBrowser({ viewport: { width, height: 900 } }, async (browser) => {
				const { page } = await open(browser, file);
				assert.deepEqual(await axeFaults(page), []);
			});
	},

	async "draws every chart and describes it"(file) {
		await withBrowser({}, async (browser) => {
			const { page } = await open(browser, file);
			for (const place of await page.locator("[data-chart]:not([hidden])").all()) {
				const name = await place.getAttribute("data-chart");
				const svg = place.locator("svg");
				assert.equal(await svg.count(), 1, name);
				const drawn = await svg.evaluate((one) => ({
					marks: one.querySelectorAll("path, text, line, rect").length,
					width: one.getBoundingClientRect().width }));
				assert.ok(drawn.marks > 5 && drawn.width > 100, name);
				const label = await place.getAttribute("aria-label");
				assert.ok(label.includes(await place.getAttribute("data-finding")), name);
			}
		});
	},

	async "is whole without JavaScript"(file) {
		await withBrowser({ javaScriptEnabled: false }, async (browser) => {
			const { page, troubles } = await open(browser, file, { script: false });
			const figures = await page.locator("section.app-figure").count();
			const tables = await page.locator("section.app-figure table").count();
			assert.deepEqual(troubles, []);
			assert.ok(tables >= figures, `${tables} tables, ${figures} figures`);
			assert.equal(await page.locator("[data-chart]:visible").count(), 0);
			assert.equal(await page.locator("button:visible").count(), 0);
		});
	},

	async "fits a screen of 320 pixels"(file) {
		await withBrowser({ viewport: { width: 320, height: 640 } }, async (browser) => {
			const { page } = await open(browser, file);
			assert.deepEqual(await tooWide(page, false), []);
			assert.ok(await page.evaluate(() => document.documentElement.scrollWidth) <= 320);
		});
	},

	async "prints on A4 with nothing cut off"(file) {
		await withBrowser({ viewport: { width: paperWidth, height: 900 } }, async (browser) => {
			const { page } = await open(browser, file);
			const pdf = await page.pdf({ format: "A4", preferCSSPageSize: true });
			assert.ok((pdf.toString("latin1").match(/\/Type\s*\/Page\b/g) ?? []).length > 0);
			await page.emulateMedia({ media: "print" });
			assert.deepEqual(await tooWide(page, true), []);
		});
	},

	async "is used with the keyboard alone"(file) {
		await withBrowser({}, async (browser) => {
			const { page } = await open(browser, file);
			await page.keyboard.press("Tab");
			const first = await page.evaluate(() => document.activeElement.getAttribute("href"));
			assert.equal(first, "#main");
			for (let i = 0; i < 12; i++) {
				await page.keyboard.press("Tab");
				const seen = await page.evaluate(() => {
					const one = document.activeElement;
					if (one === document.body) return true;
					const style = getComputedStyle(one);
					return style.outlineStyle !== "none" || style.boxShadow !== "none";
				});
				assert.ok(seen, "focus is not seen");
			}
		});
	},

	async "gives its data away as CSV and JSON"(file) {
		await withBrowser({ acceptDownloads: true }, async (browser) => {
			const { page } = await open(browser, file);
			const links = await page.$$eval('a[href^="data:text/csv"]', (all) =>
				all.map((one) => decodeURIComponent(one.href.split(",").slice(1).join(","))));
			const buttons = page.locator('button:has-text("as JSON")');
			for (const csv of links) assert.match(csv, /^[a-z0-9_,]+\r\n/);
			// a build without the browser assets has the links only
			if ((await page.locator("script:not([type])").count()) === 0) return;
			const figures = await page.locator("section.app-figure").count();
			assert.equal(await buttons.count(), figures);
			if (figures === 0) return;
			const waiting = page.waitForEvent("download");
			await buttons.first().click();
			const figure = JSON.parse(readFileSync(await (await waiting).path(), "utf8"));
			assert.deepEqual(Object.keys(figure),
				["id", "title", "question", "n", "missing", "notes", "tables"]);
		});
	},
};

let passed = 0, failed = 0;
for (const file of process.argv.slice(2)) {
	for (const [name, test] of Object.entries(tests)) {
		try {
			await test(file);
			passed++;
		} catch (error) {
			failed++;
			console.log(`FAILED ${basename(file)} ${name}\n${error.message}`);
		}
	}
}
await closeBrowser();
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed || !passed ? 1 : 0);
