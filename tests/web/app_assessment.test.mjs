// SPDX-License-Identifier: MIT
// Writing an assessment with a child, as people do it: node tests/web/app_assessment.test.mjs [HEARTH]
import assert from "node:assert/strict";
import { withBrowser } from "./browser.mjs";
import { hold } from "./checks.mjs";
import { forget, main, makeRecord, openPage, path, press, run, runTests, serve, signIn } from "./app.mjs";

const record = makeRecord();
const app = await serve(record);
const areas = 13;

const heading = async (page) => (await page.locator("h1").textContent()).trim();
const saved = (page) => page.waitForFunction(() =>
	/^Saved at/.test(document.querySelector('[data-save-part="state"]').textContent), null, { timeout: 30000 });
const saysTrouble = (page, words) => page.waitForFunction((pattern) => new RegExp(pattern).test(
	document.querySelector('[data-save-part="trouble"]').textContent), words.source);
const saveAndSee = (page) => page.getByRole("button", { name: /Save and see/ }).click();
const trouble = (page) => page.locator('[data-save-part="trouble"]').textContent();

async function withPerson(login, options, work) {
	await withBrowser(options, async (context) => {
		const page = await openPage(context, app);
		await signIn(page, app, login, record.users[login]);
		await work(page, context);
		assert.deepEqual(page.troubles.filter((one) => !/net::ERR|Failed to fetch/.test(one)), []);
	});
}
const withWorker = (work, options = {}) => withPerson("social.worker", options, work);
const everywhere = (name, work) => ({
	[`${name}, with JavaScript`]: () => withWorker((page, context) => work(page, context, true)),
	[`${name}, without JavaScript`]: () => withWorker((page, context) => work(page, context, false),
		{ javaScriptEnabled: false }),
});

// Children of the social worker, each for one test: a child has one draft at a time.
let children = [];
await withWorker(async (page) => {
	await page.goto(`${app.origin}/due`);
	children = await page.locator("tbody th a").evaluateAll((all) =>
		all.map((one) => one.getAttribute("href").replace("/assessments", "")));
	assert.ok(children.length >= 15, "the social worker has children whose assessments are due");
});

async function start(page) {
	const child = children.pop();
	await page.goto(`${app.origin}${child}/assessments/new`);
	await press(page, "Start");
	assert.match(path(page), /\/assessments\/\d+$/);
	return { child, draft: path(page), url: app.origin + path(page) };
}

async function localId(page, child) {
	await page.goto(app.origin + child);
	return (await page.locator(".app-child").innerText()).match(/DEMO-\d+/)[0];
}

// A form as a page without JavaScript sends it; fields that are not given stay as they are.
async function send(context, url, fields, action = url) {
	const html = await (await context.request.get(url)).text();
	const hidden = (name) => html.match(new RegExp(`name="${name}" value="([^"]*)"`))?.[1] ?? "";
	return context.request.post(action, { maxRedirects: 0, headers: { Origin: app.origin },
		form: { csrf: hidden("csrf"), revision: hidden("revision"), ...fields } });
}

async function fill(context, url, score = (i) => i % 8) {
	for (let i = 1; i <= areas; i++) {
		const answer = await send(context, `${url}/area/${i}`, { strengths: `Strength number ${i}`,
			view: "I like it", evidence: `Seen by me, ${i}`, score: String(score(i)), then: "list" });
		assert.equal(answer.status(), 303);
	}
}
const sign = (context, url) => send(context, `${url}/check`, {}, `${url}/sign`);

// Presses Tab until what is focused fits, as somebody without a mouse does.
async function tabTo(page, fits, most = 60) {
	for (let i = 0; i < most; i++) {
		await page.keyboard.press("Tab");
		const focused = await page.evaluate(() => {
			const one = document.activeElement, box = one.getBoundingClientRect();
			const top = document.elementFromPoint(box.x + box.width / 2, box.y + Math.min(box.height / 2, 20));
			return { id: one.id, text: one.textContent.trim(),
				hidden: one !== document.body && box.width > 2 && box.height > 2 && !!top && !one.contains(top) &&
					!top.contains(one) && top.closest(".app-save") !== null };
		});
		assert.equal(focused.hidden, false, `what is focused is hidden: ${JSON.stringify(focused)}`);
		if (fits(focused)) return;
	}
	throw new Error("not reached by Tab");
}
const byId = (id) => (one) => one.id === id;
const byText = (text) => (one) => text.test(one.text);

async function endSession(context) {
	const cookies = await context.cookies();
	await withBrowser({}, async (other) => {
		await other.addCookies(cookies);
		const page = await openPage(other, app);
		await page.goto(`${app.origin}/`);
		await press(page, "Sign out");
	});
}

async function signInElsewhere(context) {
	const other = await openPage(context, app);
	await signIn(other, app, "social.worker", record.users["social.worker"]);
	return other;
}

const payload = `<script>document.title="x"</script><img src=x onerror=alert(1)>"'{{csrf}}&amp;`;
const twenty = "A long day at the seaside with her brother and the dog. ".repeat(360).trim().slice(0, 19990);

const tests = {
	async "somebody with a keyboard alone writes, checks, signs and corrects an assessment"() {
		await withWorker(async (page) => {
			const child = children.pop();
			await page.goto(app.origin + child);
			await tabTo(page, byText(/^Assessments$/));
			await page.keyboard.press("Enter");
			await page.waitForURL(/\/assessments$/);
			await tabTo(page, byText(/^Start an assessment$/));
			await page.keyboard.press("Enter");
			await page.waitForURL(/\/new$/);
			await tabTo(page, byText(/^Start$/));
			await page.keyboard.press("Enter");
			await page.waitForURL(/\/assessments\/\d+$/);
			await tabTo(page, byText(/^Begin$/));
			await page.keyboard.press("Enter");
			for (let i = 1; i <= areas; i++) {
				await page.waitForURL(new RegExp(`/area/${i}$`));
				await tabTo(page, byId("strengths"));
				await page.keyboard.type(`Good with ${i}`);
				await page.keyboard.press("Tab");
				await tabTo(page, byId("view"));
				await page.keyboard.type("It is fine.");
				await tabTo(page, byId("score-none"));
				for (let down = 0; down < 1 + i % 4; down++) await page.keyboard.press("ArrowDown");
				assert.equal(await page.locator("[name=score]:checked").inputValue(), String(i % 4));
				await tabTo(page, byId("evidence"));
				await page.keyboard.type("Seen on Monday.");
				await tabTo(page, byText(/^Save and go on/));
				await page.keyboard.press("Enter");
			}
			await page.waitForURL(/\/check$/);
			assert.match(await main(page), /19 of 130, minor need/);
			await tabTo(page, byText(/^Sign the assessment$/), 80);
			await page.keyboard.press("Enter");
			await page.waitForURL(/signed=1$/);
			assert.match(await main(page), /The assessment is signed/);
			await tabTo(page, byText(/^Correct this assessment/), 80);
			await page.keyboard.press("Enter");
			await page.waitForURL(/\/correct$/);
			await tabTo(page, byId("why"));
			await page.keyboard.type("Two areas were mixed up.");
			await page.keyboard.press("Tab");
			await page.keyboard.press("Enter");
			await page.waitForURL(/\/assessments\/\d+$/);
			assert.match(await main(page), /Every area has a score/);
		});
	},

	...everywhere("an assessment from the list of those due to its signature", async (page, context, script) => {
		await page.goto(`${app.origin}/due`);
		const before = Number((await main(page)).match(/(\d+) overdue,/)[1]);
		const child = children.shift(); // the longest overdue
		const row = page.locator("tbody tr", { has: page.locator(`a[href="${child}/assessments"]`) });
		assert.match(await row.innerText(), /Overdue/);
		await row.getByRole("link", { name: /^Start/ }).click();
		await press(page, "Start");
		const draft = path(page);
		assert.equal(await page.locator(".app-tasks li").count(), areas);
		assert.equal(await page.getByText("Incomplete").count(), areas);
		// any order: the seventh area first
		await page.locator(".app-tasks a").nth(6).click();
		assert.match(path(page), /area\/7$/);
		assert.match(await page.locator(".app-before").innerText(), /Last time\s+\d+, .*need, on \d+ \w+ 20/);
		await page.fill("#strengths", "Proud of her drawings");
		await page.check("#score-2");
		await page.getByRole("button", { name: "Save and see all areas" }).click();
		await page.waitForURL(new RegExp(`${draft}$`));
		assert.equal(await page.getByText("Completed").count(), 1);
		await page.click("text=Read what is there so far");
		assert.match(await main(page), /Still to do:/);
		assert.equal(await page.getByRole("button", { name: "Sign the assessment" }).count(), 0);
		await fill(context, app.origin + draft, (i) => i % 8);
		// the team around the child, apart
		await page.goto(`${app.origin}${draft}/team/0`);
		await press(page, "Save");
		assert.match(await page.locator(".govuk-error-summary").innerText(), /Choose who it is/);
		assert.equal(page.sent.status(), 422);
		await page.getByLabel("School", { exact: true }).check();
		await page.fill("#name", "Mr Okoro");
		await page.fill("#role", "Head of year");
		await page.fill("#comment", "Laughs with the others now.");
		await page.locator("details summary").nth(4).click();
		await page.fill("#comment-5", "Reads a year ahead.");
		await page.selectOption("#score-5", "10");
		if (script) {
			await saved(page);
			assert.match(path(page), /team\/[1-9]\d*$/, "from now on it has a number of its own");
		}
		await press(page, "Save");
		await page.waitForURL(/#team$/);
		await page.goto(`${app.origin}${draft}/area/5`);
		assert.match(await page.locator(".app-before").innerText(),
			/School: Mr Okoro, Head of year\s+They would say 10, .*\s+Reads a year ahead/);
		// check and sign
		await page.goto(`${app.origin}${draft}/check`);
		const words = await main(page);
		const total = [...Array(areas).keys()].reduce((sum, i) => sum + (i + 1) % 8, 0);
		assert.match(words, new RegExp(`${total} of 130`), "their score enters no figure");
		assert.ok(words.indexOf("Strengths") < words.indexOf("What changed since last time"));
		assert.ok(words.indexOf("What changed since last time") < words.indexOf("Area by area"));
		assert.match(words, /went from \d+ to \d+: (from|still)/);
		assert.match(words, /School: Mr Okoro, Head of year/);
		await press(page, "Sign the assessment");
		assert.equal(path(page), draft);
		assert.match(await main(page), /The assessment is signed/);
		assert.equal(await page.getByRole("link", { name: /^Change/ }).count(), 0, "nothing to change any more");
		for (const one of ["/area/1", "/team/0", "/day", "/check", "/discard"]) {
			await page.goto(app.origin + draft + one);
			assert.equal(path(page), draft, `${one} leads to the version`);
		}
		// lists, figures and the child's page show it
		await page.goto(`${app.origin}/due`);
		assert.equal(Number((await main(page)).match(/(\d+) overdue,/)[1]), before - 1);
		const id = await localId(page, child);
		assert.match(run("--db", record.place, "child", id), new RegExp(`\\b${total}\\b`));
		await page.goto(`${app.origin}${child}/needs`);
		assert.match(await main(page), new RegExp(`\\b${total}\\b`));
		await page.goto(`${app.origin}${child}/assessments`);
		assert.match(await main(page), /Due by|Not due|next/i);
		// next time there is what this one rested on
		await page.goto(`${app.origin}${child}/assessments/new`);
		await press(page, "Start");
		await page.goto(`${page.url()}/area/5`);
		assert.match(await page.locator(".app-before").innerText(), /5, moderate need[\s\S]*Seen by me, 5/);
	}),

	async "what is typed without a pause survives a power cut within ten seconds"() {
		await withWorker(async (page) => {
			const { url } = await start(page);
			await page.goto(`${url}/area/3`);
			const began = Date.now();
			let typed = 0;
			await page.focus("#evidence");
			while (Date.now() - began < 7000) {
				await page.keyboard.type(`${++typed} `);
				await page.waitForTimeout(150);
			}
			await app.crash();
			const lastTyped = typed;
			// nothing that is typed while it is away is lost, nor does the page go
			await page.keyboard.type("and more");
			await saysTrouble(page, /cannot be reached/);
			await saveAndSee(page);
			await page.waitForTimeout(300);
			assert.match(path(page), /area\/3$/, "the button does not lead into nothing");
			assert.match(await page.inputValue("#evidence"), /and more$/);
			await app.again();
			const kept = await withBrowser({}, async (context) => {
				await context.addCookies(await page.context().cookies());
				const html = await (await context.request.get(`${url}/area/3`)).text();
				return html.match(/id="evidence"[^>]*>\n?([^<]*)/)[1];
			});
			const last = Number(kept.trim().split(" ").at(-1));
			assert.ok(last > 0 && (lastTyped - last) / lastTyped * 7 <= 6 || /more/.test(kept),
				`typed up to ${lastTyped}, kept up to ${last}`);
			await saved(page);
			await page.reload();
			assert.match(await page.inputValue("#evidence"), /and more$/, "saved by itself when it was back");
		});
	},

	async "an answer that got lost is no conflict"() {
		await withWorker(async (page) => {
			const { url } = await start(page);
			await page.goto(`${url}/area/1`);
			let lost = 0;
			await page.route("**/area/1", async (route) => {
				if (route.request().method() !== "POST" || lost++) return route.continue();
				await route.fetch({ maxRedirects: 0 });
				await page.waitForTimeout(200);
				return route.abort();
			});
			await page.fill("#strengths", "Kind");
			await saysTrouble(page, /cannot be reached/);
			await page.fill("#strengths", "Kind and funny");
			await saved(page);
			assert.equal(await trouble(page), "");
			await page.unroute("**/area/1");
			await page.reload();
			assert.equal(await page.inputValue("#strengths"), "Kind and funny");
		});
	},

	async "going back in the browser is no conflict"() {
		await withWorker(async (page) => {
			const { url } = await start(page);
			await page.goto(`${url}/area/5`);
			await page.fill("#strengths", "Reads a lot");
			await saved(page);
			await page.fill("#strengths", "Reads a lot, and sings");
			await page.getByRole("button", { name: /Save and go on/ }).click();
			await page.waitForURL(/area\/6$/);
			await page.goBack();
			assert.equal(await page.inputValue("#strengths"), "Reads a lot, and sings");
			await page.fill("#strengths", "Reads a lot, sings and dances");
			await saved(page);
			await saveAndSee(page);
			await page.waitForURL(/\/assessments\/\d+$/);
			await page.goto(`${url}/area/5`);
			assert.equal(await page.inputValue("#strengths"), "Reads a lot, sings and dances");
		});
	},

	async "leaving the page saves what was just typed"() {
		await withWorker(async (page) => {
			const { url } = await start(page);
			await page.goto(`${url}/area/2`);
			await page.fill("#view", "I want to stay");
			await page.goto(`${app.origin}/`);
			await page.goto(`${url}/area/2`);
			assert.equal(await page.inputValue("#view"), "I want to stay");
		});
	},

	async "when the session ends the form stays, and is saved after signing in in another tab"() {
		await withWorker(async (page, context) => {
			const { url } = await start(page);
			await page.goto(`${url}/area/4`);
			await endSession(context);
			await page.fill("#evidence", "Written after the session was over");
			await saysTrouble(page, /signed out/);
			assert.equal(await page.locator("#session").getAttribute("open"), "", "the message is there");
			assert.match(await page.locator("#session").innerText(), /Sign in again/);
			const other = await signInElsewhere(context);
			assert.equal(path(other), "/");
			await saved(page);
			assert.equal(await page.locator("#session").getAttribute("open"), null, "and goes");
			await saveAndSee(page);
			await page.waitForURL(/\/assessments\/\d+$/);
			await page.goto(`${url}/area/4`);
			assert.equal(await page.inputValue("#evidence"), "Written after the session was over");
		});
	},

	async "without JavaScript, too, what was typed comes back after signing in"() {
		await withWorker(async (page, context) => {
			const { url } = await start(page);
			await page.goto(`${url}/area/4`);
			await endSession(context);
			await page.fill("#evidence", `Line one\nLine two ${payload}`);
			await page.check("#score-5");
			await saveAndSee(page);
			assert.equal(page.sent.status(), 403);
			assert.equal(await heading(page), "What you typed is not saved yet");
			assert.match(await main(page), /Line one/);
			await hold(page, "kept signed out");
			await press(page, "Continue");
			assert.equal(await heading(page), "What you typed is not saved yet", "not before one has signed in");
			await signInElsewhere(context);
			await press(page, "Continue");
			assert.match(await main(page), /opened before you signed in/);
			await hold(page, "kept signed in");
			await press(page, "Save");
			assert.match(path(page), /\/assessments\/\d+$/);
			await page.goto(`${url}/area/4`);
			assert.equal(await page.inputValue("#evidence"), `Line one\nLine two ${payload}`);
			assert.equal(await page.locator("[name=score]:checked").inputValue(), "5");
		}, { javaScriptEnabled: false });
	},

	async "a form without a session does nothing, whatever token and cookies it brings"() {
		await withWorker(async (page, context) => {
			const { url } = await start(page);
			await withBrowser({}, async (other) => {
				const stranger = await openPage(other, app);
				await stranger.goto(`${app.origin}/sign-in`);
				const csrf = await stranger.inputValue("[name=csrf]");
				for (const value of ["x", "A".repeat(43), (await other.cookies())[0].value]) {
					await other.addCookies([{ name: "session", value, url: app.origin }]);
					const answer = await other.request.post(`${url}/area/1`, { maxRedirects: 0,
						headers: { Origin: app.origin, "X-CSRF-Token": csrf },
						form: { csrf, revision: "0", evidence: "Written by a stranger", score: "1" } });
					assert.equal(answer.status(), 403);
					assert.match(await answer.text(), /What you typed is not saved yet/);
				}
			});
			const html = await (await context.request.get(`${url}/area/1`)).text();
			assert.doesNotMatch(html, /by a stranger/);
		});
	},

	async "what is typed into a draft that went away stays to be copied"() {
		await withWorker(async (page, context) => {
			const { url } = await start(page);
			await page.goto(`${url}/area/1`);
			await send(context, `${url}/discard`, {});
			await page.fill("#view", "I like the garden");
			await saysTrouble(page, /signed or thrown away/);
			await saveAndSee(page);
			await page.waitForSelector(".govuk-error-summary");
			assert.match(await page.locator(".govuk-error-summary").innerText(), /copy it/);
			assert.equal(await page.inputValue("#view"), "I like the garden");
		});
	},

	async "of two people the first wins, and the second sees both texts and decides"() {
		for (const javaScriptEnabled of [true, false])
			await withWorker(async (page) => {
				const { url } = await start(page);
				await withPerson("team.manager", { javaScriptEnabled }, async (second) => {
					await second.goto(`${url}/area/1`);
					await page.goto(`${url}/area/1`);
					await page.fill("#evidence", "What the social worker saw");
					await page.check("#score-3");
					await saveAndSee(page);
					await page.waitForURL(/\/assessments\/\d+$/);
					await second.fill("#evidence", "What the manager saw");
					await second.check("#score-6");
					if (javaScriptEnabled) {
						await saysTrouble(second, /Nothing was overwritten/);
						assert.match(await trouble(second), /Social worker/);
					}
					await saveAndSee(second);
					await second.waitForSelector(".govuk-error-summary");
					assert.equal(second.sent.status(), 409);
					const summary = await second.locator(".govuk-error-summary").innerText();
					assert.match(summary, /Social worker .*saved this area on .*Nothing was overwritten/);
					assert.equal(await second.locator(".govuk-error-summary li").count(), 1, "one message");
					assert.equal(await second.inputValue("#evidence"), "What the manager saw");
					assert.equal(await second.locator("[name=score]:checked").inputValue(), "6");
					const other = (await second.locator(".app-other").allInnerTexts()).join(" ");
					assert.match(other, /What the social worker saw/);
					assert.match(other, /3, minor need/);
					if (!javaScriptEnabled) await hold(second, "area second");
					await second.fill("#evidence", "What both saw");
					await saveAndSee(second);
					await second.waitForURL(/\/assessments\/\d+$/);
					// and nobody signs what they have not seen
					await second.goto(`${url}/area/1`);
					assert.equal(await second.inputValue("#evidence"), "What both saw");
				});
			}, { javaScriptEnabled });
	},

	async "two who write down what the same person says hear of one another"() {
		await withWorker(async (page) => {
			const { url } = await start(page);
			const one = { kind: "carer", name: "Joy", role: "", on: "2024-05-01", comment: "First words" };
			const made = await send(page.context(), `${url}/team/0`, one);
			assert.equal(made.status(), 303);
			await page.goto(url);
			await page.getByRole("link", { name: /^Change what Joy says/ }).click();
			const address = page.url();
			assert.equal((await send(page.context(), address, { ...one, comment: "Other words" })).status(), 303);
			await page.fill("#comment", "My words");
			await press(page, "Save");
			assert.equal(page.sent.status(), 409);
			assert.match(await page.locator(".app-other").innerText(), /Other words/);
			assert.equal(await page.inputValue("#comment"), "My words");
			await hold(page, "team second");
			await press(page, "Save");
			assert.match(await main(page), /My words/);
			await page.goto(address);
			await press(page, "Take out what they said");
			assert.doesNotMatch(await main(page), /My words/);
		}, { javaScriptEnabled: false });
	},

	async "nobody signs what was changed after they looked"() {
		await withWorker(async (page, context) => {
			const { url } = await start(page);
			await fill(context, url);
			await page.goto(`${url}/check`);
			await send(context, `${url}/area/9`, { evidence: "Changed in between", score: "9", then: "list" });
			await press(page, "Sign the assessment");
			assert.equal(page.sent.status(), 409);
			assert.match(await page.locator(".govuk-error-summary").innerText(), /It is not signed/);
			assert.match(await main(page), /Changed in between/);
			await hold(page, "check second");
			await press(page, "Sign the assessment");
			assert.match(await main(page), /The assessment is signed/);
		}, { javaScriptEnabled: false });
	},

	async "after signing there are only new versions with a reason"() {
		await withWorker(async (page, context) => {
			const { child, draft, url } = await start(page);
			await fill(context, url, () => 2);
			assert.equal((await sign(context, url)).status(), 303);
			assert.equal((await send(context, `${url}/correct`, { why: "  " })).status(), 422);
			await page.goto(`${url}/correct`);
			await press(page, "Begin the new version");
			await hold(page, "correct without a reason");
			await page.fill("#why", "The third area was of another child");
			await press(page, "Begin the new version");
			const second = path(page);
			assert.notEqual(second, draft);
			assert.match(await main(page), /The third area was of another child/);
			await send(context, `${app.origin}${second}/area/3`,
				{ strengths: "Put right", score: "9", then: "list" });
			await page.goto(app.origin + draft);
			assert.doesNotMatch(await main(page), /Replaced/, "until it is signed the first counts");
			assert.equal((await sign(context, app.origin + second)).status(), 303);
			await page.goto(app.origin + draft);
			assert.match(await main(page), /Replaced by Social worker/);
			assert.equal(await page.getByRole("link", { name: /Correct this assessment/ }).count(), 0);
			await hold(page, "version replaced");
			await page.getByRole("link", { name: "See the version that counts" }).click();
			assert.equal(path(page), second);
			assert.match(await main(page), /Version 2[\s\S]*33 of 130/);
			const number = child.split("/").at(-1);
			await page.goto(`${app.origin}${second}/withdraw`);
			await press(page, "Withdraw the assessment");
			assert.equal(page.sent.status(), 422);
			await hold(page, "withdraw without a reason");
			await page.fill("#why", `Written for another child ${payload}`);
			await press(page, "Withdraw the assessment");
			assert.match(await main(page), /counts in no figure[\s\S]*Written for another child <script>/);
			await page.goto(`${app.origin}${child}/assessments`);
			assert.match(await main(page), /Withdrawn[\s\S]*Replaced/);
			await hold(page, "assessments all states");
			assert.ok(number);
		}, { javaScriptEnabled: false });
	},

	async "a draft is thrown away only as it was seen"() {
		await withWorker(async (page, context) => {
			const { child, url } = await start(page);
			await page.goto(`${url}/discard`);
			await send(context, `${url}/area/1`, { evidence: "New", score: "", then: "list" });
			await press(page, "Throw the draft away");
			assert.equal(page.sent.status(), 409);
			await hold(page, "discard second");
			await press(page, "Throw the draft away");
			assert.equal(path(page), `${child}/assessments`);
			assert.match(await main(page), /The draft was thrown away/);
			await page.goto(url);
			assert.equal(path(page), `${child}/assessments`, "it is shown nowhere");
			children.push(child);
		}, { javaScriptEnabled: false });
	},

	async "a child has one draft, and whoever begins another finds it"() {
		await withWorker(async (page) => {
			const { child, draft } = await start(page);
			await page.goto(`${app.origin}${child}/assessments/new`);
			await press(page, "Start");
			assert.equal(path(page), draft);
			assert.match(await main(page), /There is a draft of this child already/);
			await page.goto(app.origin);
			assert.equal(await page.locator(`main a[href="${draft}"]`).count(), 1, "on the first page, too");
		});
	},

	async "a day that is none is named, and what was typed stays"() {
		await withWorker(async (page, context) => {
			const { url } = await start(page);
			const answer = await send(context, `${url}/day`, { day: "2031-01-01", reason: "review" });
			assert.equal(answer.status(), 422);
			assert.match(await answer.text(), /2031-01-01/);
			await page.goto(`${url}/day`);
			await page.fill("#day", "2030-01-01");
			await press(page, "Save");
			assert.equal(page.sent.status(), 422);
			await hold(page, "day wrong");
			await page.fill("#day", "2024-02-03");
			await page.getByLabel("Change of placement").check();
			await press(page, "Save");
			assert.match(await main(page), /3 February 2024[\s\S]*Change of placement/);
		}, { javaScriptEnabled: false });
	},

	async "a text that is too long is named beside its field and stays"() {
		await withWorker(async (page, context) => {
			const { url } = await start(page);
			await page.goto(`${url}/area/1`);
			await page.fill("#evidence", `${twenty}${"x".repeat(20)}`);
			await saveAndSee(page);
			assert.equal(page.sent.status(), 422);
			assert.match(await page.locator("#evidence-error").innerText(), /20,?000/);
			assert.equal((await page.inputValue("#evidence")).length, twenty.length + 20);
			await hold(page, "area too long");
			const answer = await context.request.post(`${url}/area/1`, { maxRedirects: 0,
				headers: { Origin: app.origin }, form: {
				csrf: await page.inputValue("[name=csrf]"), revision: "0", score: "11" } });
			assert.equal(answer.status(), 400);
		}, { javaScriptEnabled: false });
	},

	async "what people write stays text, and every page passes full and long"() {
		await withWorker(async (page, context) => {
			const { child, url } = await start(page);
			await hold(page, "tasks empty");
			await page.goto(`${url}/area/1`);
			await hold(page, "area empty");
			await page.goto(`${url}/check`);
			await hold(page, "check empty");
			await page.goto(`${url}/team/0`);
			await hold(page, "team empty");
			const unbroken = "ö".repeat(300);
			for (let i = 1; i <= areas; i++)
				await send(context, `${url}/area/${i}`, { strengths: `${payload} ${unbroken}`, view: payload,
					evidence: i === 2 ? twenty : payload, score: String(i % 11), then: "list" });
			const said = { kind: "family", name: payload, role: "R".repeat(200), on: "2024-05-01",
				comment: `${payload} ${unbroken}` };
			for (let i = 1; i <= areas; i++) said[`comment-${i}`] = payload;
			assert.equal((await send(context, `${url}/team/0`, said)).status(), 303);
			for (const [one, name] of [["", "tasks"], ["/area/1", "area"], ["/area/2", "area 20,000"],
				["/check", "check"]]) {
				await page.goto(url + one);
				await hold(page, `${name} long`);
				assert.doesNotMatch(await page.html(), /<script>document|<img src=x|value="csrf/, name);
				assert.notEqual(await page.title(), "x");
			}
			await page.goto(url);
			await page.getByRole("link", { name: /^Change what/ }).click();
			await hold(page, "team long");
			await page.goto(`${url}/check`);
			assert.ok((await main(page)).includes(payload), "it is shown as it was written");
			assert.equal((await sign(context, url)).status(), 303);
			await page.goto(`${url}?signed=1`);
			await hold(page, "version long");
			const pdf = await page.pdf({ format: "A4", preferCSSPageSize: true });
			assert.ok(pdf.length > 20000);
			for (const one of [`${url}/correct`, `${url}/withdraw`, `${app.origin}${child}/assessments/new`,
				`${app.origin}${child}/assessments`]) {
				await page.goto(one);
				await hold(page, one.replace(app.origin, ""));
			}
		});
	},

	async "the list of those due is narrowed by links, and counts what it shows"() {
		await withPerson("team.manager", {}, async (page) => {
			await page.goto(`${app.origin}/due`);
			await hold(page, "due team");
			for (const name of [/^My children/, /^My team/]) {
				await page.locator(".app-choices a", { hasText: name }).click();
				const words = await main(page);
				const [, overdue, soon, later] = words.match(/(\d+) overdue, (\d+) due in the next 28 days and (\d+) due later, on \d+ \w+ \d{4}/);
				for (const [link, count] of [["Overdue (", overdue], ["Due in the next 28 days", soon],
					["Due later", later]]) {
					await page.locator(".app-choices a", { hasText: link }).click();
					assert.equal(await page.locator("tbody tr").count(), Number(count), `${name} ${link}`);
					assert.equal(new URL(page.url()).searchParams.has("when"), true);
				}
			}
			assert.equal(await page.locator(".app-choices a", { hasText: "All children" }).count(), 0);
		});
		await withPerson("director", { javaScriptEnabled: false }, async (page) => {
			await page.goto(`${app.origin}/due?whose=all&when=overdue`);
			const days = await page.locator("tbody td:nth-child(3)").allInnerTexts();
			const sorted = [...days].sort((one, other) => new Date(one) - new Date(other));
			assert.deepEqual(days, sorted, "the longest overdue first");
			assert.match(await main(page), /When is an assessment due/);
			await page.goto(`${app.origin}/due?whose=mine`);
			await hold(page, "due empty");
			await page.goto(app.origin + children[0]);
			assert.equal(page.sent.status(), 200);
			await page.goto(`${app.origin}${children[0]}/assessments`);
			assert.equal(await page.getByText("Start an assessment").count(), 0, "a director reads");
			await page.goto(`${app.origin}${children[0]}/assessments/new`);
			assert.equal(page.sent.status(), 403);
		});
		await withPerson("finance", { javaScriptEnabled: false }, async (page) => {
			assert.equal(await page.getByRole("link", { name: "Assessments due" }).count(), 0);
			await page.goto(`${app.origin}/due`);
			assert.equal(page.sent.status(), 403);
		});
	},

	async "who wrote and who looked is in the log, and nothing of what was written"() {
		assert.doesNotMatch(app.log, /Good with|What the manager saw|Mr Okoro|seaside/);
		assert.match(run("--db", record.place, "audit", "verify"), /whole|verified|rows/i);
	},
};
await runTests(tests, async () => {
	await app.stop();
	forget(record);
});
