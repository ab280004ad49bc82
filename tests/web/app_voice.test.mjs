// SPDX-License-Identifier: MIT
// A child's own words, plan, reviews, people and papers, as people work with them:
// node tests/web/app_voice.test.mjs [HEARTH]
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { withBrowser } from "./browser.mjs";
import { hold as holdPage, paperWidth, shotOf, tabUntil, tooWide } from "./checks.mjs";
import { forget, main, makeRecord, openPage, path, press, run, runTests, runWith, serve, signIn } from "./app.mjs";

const record = makeRecord();
const own = "seven quiet herons wading";
const log = (...words) => run("--db", record.place, "audit", "list", ...words);

// Children of the social worker, each for one test.
const children = [...log("--act", "allocation.set", "--rows", "24").matchAll(/child (\d+)/g)].map((one) => one[1]);
assert.ok(children.length >= 20, "the social worker has children");
const authority = run("--db", record.place, "user", "list").match(/\S+ \(fictitious\)/)[0];

// A colleague in the team, one elsewhere in the authority.
for (const [login, team] of [["colleague", "Demonstration team"], ["elsewhere", "Another team"]])
	runWith(`${own}\n`, "--db", record.place, "user", "add", login, "--role", "social_worker", "--authority",
		authority, "--team", team, "--name", `Cass ${login}`, "--password-stdin");
const app = await serve(record);

const at = (child, rest = "") => `${app.origin}/children/${child}${rest}`;
const heading = async (page) => (await page.locator("h1").textContent()).trim();
const summary = (page) => page.locator(".govuk-error-summary").innerText();
const fault = (page, field) => page.locator(`#${field}-error`).innerText();
const today = new Date().toISOString().slice(0, 10);

// Signs in, or goes on where the person left.
const left = {};
async function withPerson(login, options, work) {
	await withBrowser({ storageState: left[login], ...options }, async (context) => {
		const page = await openPage(context, app);
		page.plain = options.javaScriptEnabled === false;
		if (!left[login]) {
			await signIn(page, app, login, record.users[login] ?? own);
			if (path(page) === "/account/password") {
				await page.fill("#new-password", `${own} ${login}`);
				await press(page, "Change password");
			}
			left[login] = await context.storageState();
		}
		await work(page, context);
		assert.deepEqual(page.troubles, []);
	});
}
const withWorker = (work, options = {}) => withPerson("social.worker", options, work);
const everywhere = (name, work) => ({
	[`${name}, with JavaScript`]: () => withWorker(work),
	[`${name}, without JavaScript`]: () => withWorker(work, { javaScriptEnabled: false }),
});

// A page is the same without scripts: held to it once.
const hold = async (page, name) => page.plain || holdPage(page, name);

// Prints it: how many pages, what a reader of the paper reads, and nothing off its edge.
async function paper(page, name) {
	const size = page.viewportSize();
	await page.emulateMedia({ media: "print" });
	const pdf = await page.pdf({ preferCSSPageSize: true });
	await page.setViewportSize({ width: paperWidth, height: 1005 });
	const text = await page.locator("body").innerText();
	assert.deepEqual(await tooWide(page, true), [], `${name}: off the paper`);
	await page.setViewportSize(size);
	await page.emulateMedia({ media: null });
	const picture = shotOf(name, "-paper.pdf");
	if (picture) writeFileSync(picture, pdf);
	return { pages: pdf.toString("latin1").match(/\/Type\s*\/Page\b/g).length, text, pdf };
}

// Fills fields by their names, as a person would.
async function fill(page, values) {
	for (const [name, value] of Object.entries(values)) {
		const field = page.locator(`main [name="${name}"]`).first();
		const kind = await field.evaluate((one) => one.type);
		if (kind === "radio") await page.locator(`main [name="${name}"][value="${value}"]`).check();
		else if (kind === "select-one") await field.selectOption(value);
		else await field.fill(value);
	}
}

const kai = {
	known_as: "Kai",
	matters: "My dog Bramble, and my sister on Sundays.\nFootball with the juniors.",
	good_at: "I can mend bikes. I got through a hard year.",
	hopes: "To work with bikes, and to stay at my school.",
	liked: "I make people laugh. My carer says KAI is kind.",
	written_with: "Jo, my foster carer",
	participation: "PN1",
};
const unkind = `<script>alert(1)</script>"><img src=x onerror=alert(2)> {{matters}} ' & </textarea>`;
const long = `https://example.org/${"averyverylongword".repeat(20)} ${"and more words that go on and on ".repeat(60)}`;

async function writeAbout(page, child, values = kai) {
	await page.goto(at(child, "/about"));
	await fill(page, values);
	await press(page, "Save");
	assert.equal(path(page), `/children/${child}`, "back on the child's page");
}

async function addGoal(page, child, values) {
	await page.goto(at(child, "/plan/new"));
	await fill(page, values);
	await press(page, "Save");
	assert.equal(path(page), `/children/${child}/plan`);
}

const tests = {
	...everywhere("About me is written with the child and stands first; earlier versions stay", async (page) => {
		const child = children.pop();
		await page.goto(at(child, "/about"));
		await hold(page, "about empty");
		await fill(page, { known_as: "Kai", participation: "PN1", written_with: "Jo" });
		await press(page, "Save");
		assert.equal(page.sent.status(), 422);
		assert.match(await summary(page), /Write at least one thing/);
		assert.equal(await page.inputValue("#known_as"), "Kai", "what was typed stays");
		assert.ok(await page.locator("[name=participation][value=PN1]").isChecked());
		assert.match(await page.title(), /^Error: /);
		await fill(page, { ...kai, hopes: "o".repeat(20001), written_on: "2999-01-01" });
		await press(page, "Save");
		assert.match(await fault(page, "hopes"), /What I hope for must be 20000 characters or fewer: it has 20001/);
		assert.match(await fault(page, "written_on"), /today or before/);
		assert.equal(await page.inputValue("#matters"), kai.matters);
		await hold(page, "about wrong");
		await fill(page, { hopes: kai.hopes, written_on: today });
		await press(page, "Save");
		assert.equal(path(page), `/children/${child}`);
		assert.match(await page.locator(".govuk-notification-banner").innerText(), /About me was saved/);
		const said = await main(page);
		assert.ok(said.indexOf("My dog Bramble") > 0 && said.indexOf("My dog Bramble") < said.indexOf("need"),
			"the child's words stand before needs");
		assert.match(said, /Came and spoke for themselves/);
		assert.match(await page.locator(".app-child__name").innerText(), /^Kai$/);

		await page.goto(at(child, "/about"));
		assert.equal(await page.inputValue("#good_at"), kai.good_at, "goes on from what stands");
		await fill(page, { matters: "My cat Olive, too." });
		await press(page, "Save");
		assert.match(await main(page), /My cat Olive/);
		await page.goto(at(child, "/about/versions"));
		const versions = await page.locator(".app-voice").allInnerTexts();
		assert.equal(versions.length, 2);
		assert.match(versions[0], /As it is now[^]*My cat Olive/);
		assert.match(versions[1], /My dog Bramble[^]*Jo, my foster carer[^]*Came and spoke/);
		await hold(page, "versions");
		assert.match(log("--child", child, "--act", "profile.save"), /matters/);
	}),

	...everywhere("two people write About me: nothing is lost, one message says so", async (page, context) => {
		const child = children.pop();
		await writeAbout(page, child);
		const other = await openPage(context, app);
		await page.goto(at(child, "/about"));
		await other.goto(at(child, "/about"));
		await fill(other, { hopes: "To swim in the sea." });
		await press(other, "Save");
		await fill(page, { hopes: "To learn the drums." });
		await press(page, "Save");
		assert.equal(page.sent.status(), 409);
		assert.equal(await page.locator(".govuk-error-summary li").count(), 1, "one message");
		assert.match(await summary(page), /saved this on .*, after you opened it. Nothing was overwritten/);
		assert.equal(await page.inputValue("#hopes"), "To learn the drums.");
		assert.match(await page.locator(".app-beside__other").innerText(), /To swim in the sea/);
		await hold(page, "about conflict");
		await fill(page, { hopes: "To learn the drums and to swim in the sea." });
		await press(page, "Save");
		await page.goto(at(child, "/about/versions"));
		const versions = await page.locator(".app-voice").allInnerTexts();
		assert.match(versions.join("\n"), /drums and to swim[^]*To swim[^]*To work with bikes/);
		assert.equal(versions.length, 3);
	}),

	async "what was typed outlasts the session"() {
		const child = children.pop();
		await withBrowser({ javaScriptEnabled: false }, async (context) => {
			const page = await openPage(context, app);
			await signIn(page, app, "social.worker", record.users["social.worker"]);
			await page.goto(at(child, "/about"));
			await fill(page, kai);
			await context.clearCookies();
			await context.addCookies([{ name: "session", value: "A".repeat(43), url: app.origin }]);
			await press(page, "Save");
			assert.equal(await heading(page), "What you typed is not saved yet");
			assert.match(await main(page), /My dog Bramble[^]*To work with bikes/);
			const other = await openPage(context, app);
			await signIn(other, app, "social.worker", record.users["social.worker"]);
			await press(page, "Continue");
			await press(page, "Save");
			assert.match(await main(page), /About me was saved[^]*My dog Bramble/);
		});
	},

	...everywhere("a goal is added, worked on and ended", async (page) => {
		const child = children.pop();
		await page.goto(at(child, "/plan"));
		assert.match(await main(page), /There is no open goal yet/);
		await hold(page, "plan empty");
		await page.getByRole("button", { name: "Add a goal" }).first().click();
		await fill(page, { helps: "A lift for the first month.", domain: "self_care" });
		await press(page, "Save");
		assert.match(await fault(page, "goal"), /Write what the child or young person wants to reach/);
		assert.equal(await page.inputValue("#helps"), "A lift for the first month.");
		await page.locator("#by_when").evaluate((one) => { one.type = "text"; });
		await fill(page, { goal: "To start at the bike workshop", who: "w".repeat(201), by_when: "next week" });
		await press(page, "Save");
		assert.match(await fault(page, "by_when"), /Enter a day such as 27\/03\/2026, or leave it empty/);
		assert.equal(await page.inputValue("#by_when"), "next week", "a day that is none stays as typed");
		assert.match(await fault(page, "who"), /200 characters or fewer/);
		await hold(page, "goal wrong");
		await fill(page, { who: "Jo", by_when: "01/02/2027" });
		await press(page, "Save");
		assert.equal(path(page), `/children/${child}/plan`);
		const area = page.locator(".app-plan-area", { hasText: "Self-care and independent living" }).first();
		assert.match(await area.innerText(),
			/To start at the bike workshop[^]*A lift for the first month[^]*Jo[^]*1 February 2027[^]*No progress/);
		await hold(page, "plan full");

		await page.getByRole("link", { name: "To start at the bike workshop" }).click();
		await press(page, "Add");
		assert.match(await fault(page, "note"), /Write what happened, or choose how it is going/);
		await fill(page, { note: "The first Saturday went well.", on: "2999-01-01" });
		await press(page, "Add");
		assert.match(await fault(page, "on"), /today or before/);
		assert.equal(await page.inputValue("#note"), "The first Saturday went well.");
		await hold(page, "goal progress wrong");
		await fill(page, { on: today, course: "better" });
		await press(page, "Add");
		assert.match(await page.locator(".app-progress").innerText(), /Going well[^]*The first Saturday went well/);
		await hold(page, "goal full");

		await page.getByRole("button", { name: "Change the goal" }).click();
		await fill(page, { state: "stopped" });
		await press(page, "Save");
		assert.match(await fault(page, "why"), /Write why the goal was changed or stopped/);
		await fill(page, { why: "There is a job at the garage instead." });
		await press(page, "Save");
		assert.match(await main(page), /There is a job at the garage instead/);
		assert.match(await main(page), /Earlier versions/);
		await page.goto(at(child, "/plan"));
		assert.match(await main(page), /Goals that ended[^]*To start at the bike workshop/);
	}),

	async "two people change a goal, or write about one review: both see it"() {
		await withWorker(async (page, context) => {
			const child = children.pop();
			await addGoal(page, child, { goal: "To see my sister", helps: "Set days" });
			const change = await page.getByRole("link", { name: "To see my sister" }).getAttribute("href");
			const other = await openPage(context, app);
			for (const one of [page, other]) await one.goto(`${app.origin}${change}/change`);
			await fill(other, { helps: "Every Sunday" });
			await press(other, "Save");
			await fill(page, { helps: "At the park" });
			await press(page, "Save");
			assert.equal(page.sent.status(), 409);
			assert.equal(await page.locator(".govuk-error-summary li").count(), 1);
			assert.match(await page.locator(".app-beside__other").innerText(), /Every Sunday/);
			assert.equal(await page.inputValue("#helps"), "At the park");
			await hold(page, "goal conflict");
			await press(page, "Save");
			assert.match(await main(page), /At the park[^]*Earlier versions[^]*Every Sunday/);

			for (const one of [page, other]) await one.goto(at(child, "/reviews/write"));
			for (const one of [other, page]) {
				await fill(one, { notes: one === page ? "School stays." : "Sister on Sundays." });
				await press(one, "Save");
			}
			assert.equal(page.sent.status(), 409);
			assert.match(await summary(page), /wrote about the review of this day/);
			assert.match(await page.locator(".app-beside__other").innerText(), /Sister on Sundays/);
			assert.equal(await page.inputValue("#notes"), "School stays.");
			await hold(page, "review conflict");
			await fill(page, { notes: "Sister on Sundays. School stays." });
			await press(page, "Save");
			assert.match(await main(page), /Sister on Sundays. School stays/);
		});
	},

	...everywhere("a review is written with how the child took part, in words", async (page) => {
		const child = children.pop();
		await page.goto(at(child, "/reviews"));
		const before = await page.locator(".app-review-of").count();
		await hold(page, "reviews empty");
		await page.getByRole("button", { name: "Write about a review" }).click();
		await press(page, "Save");
		assert.match(await fault(page, "participation"), /Choose how the child or young person took part/);
		await hold(page, "review wrong");
		await page.getByLabel("Did not come, sent their view another way").check();
		await fill(page, { view: "I want to stay where I am.", notes: "Agreed: nothing moves." });
		await press(page, "Save");
		assert.match(await page.locator(".govuk-notification-banner").innerText(), /was saved/);
		assert.equal(await page.locator(".app-review-of").count(), before + 1);
		const first = page.locator(".app-review-of").first();
		assert.match(await first.innerText(),
			/sent their view another way[^]*I want to stay where I am[^]*Agreed: nothing moves/);
		assert.doesNotMatch(await main(page), /\bPN\d/, "no code");
		await hold(page, "reviews full");
		await first.getByRole("link", { name: /^Change/ }).click();
		await fill(page, { notes: "Agreed: nothing moves before summer." });
		await press(page, "Save");
		await page.locator(".app-review-of").first().getByRole("link", { name: /^Change/ }).click();
		assert.match(await main(page), /Earlier versions[^]*Agreed: nothing moves\./);
		await hold(page, "review versions");
	}),

	async "a manager gives a child to a colleague, who then sees the child, and ends it"() {
		const child = children.pop();
		await withPerson("colleague", {}, async (colleague) => {
			// a child of another in the team is seen by the manager only
			assert.equal((await colleague.goto(at(child, "/plan"))).status(), 404);
			await withPerson("team.manager", {}, async (page) => {
				await page.goto(at(child, "/people"));
				assert.match(await main(page), /Social worker \(demonstration\)\s*Social worker, Demonstration team/);
				await press(page, "Add");
				assert.match(await fault(page, "account"), /Choose a person from the list/);
				await hold(page, "people wrong");
				assert.doesNotMatch(await page.locator("#account").innerText(), /Cass elsewhere/, "own team only");
				await page.locator("#account").selectOption({ label: "Cass colleague, Demonstration team" });
				await press(page, "Add");
				assert.match(await main(page), /Cass colleague/);
				await hold(page, "people full");
				await colleague.goto(`${app.origin}/children`);
				assert.ok(await colleague.locator(`main a[href="/children/${child}"]`).count(), "in the list");
				assert.equal((await colleague.goto(at(child, "/plan"))).status(), 200);
				await colleague.goto(at(child, "/people"));
				assert.equal(await colleague.locator("#account").count(), 0, "may look, not change");

				await page.locator("button", { hasText: "the work of Cass colleague" }).click();
				assert.doesNotMatch(await page.locator(".app-people").innerText(), /Cass colleague/);
				assert.equal((await colleague.goto(at(child, "/plan"))).status(), 404, "at once");
				// the last one: the team has no relation to the child any more
				await page.locator("button", { hasText: /the work of Social worker/ }).click();
				assert.equal(path(page), "/children");
				assert.equal((await page.goto(at(child, "/people"))).status(), 404);
			});
		});
		assert.match(log("--child", child, "--act", "allocation.end"), /team.manager/);
	},

	async "who has seen the record, on the page and on paper; a restricted one opened with a reason"() {
		const child = children.pop();
		await withWorker(async (page) => {
			await page.goto(at(child, "/seen"));
			await hold(page, "seen empty");
			await writeAbout(page, child);
		});
		await withPerson("director", {}, async (page) => {
			await page.goto(at(child, "/people"));
			await page.getByRole("link", { name: "Change who may see the record" }).click();
			await page.getByLabel("Named people", { exact: true }).check();
			await page.getByLabel("Director (demonstration)").check();
			await page.fill("#reason", "A relative works for the council.");
			await press(page, "Save");
			await page.goto(at(child, "/people"));
			assert.match(await page.locator(".app-guard").innerText(), /Restricted record: for people who are named/);
			await hold(page, "people restricted");
		});
		await withPerson("team.manager", {}, async (page) => {
			assert.equal((await page.goto(at(child))).status(), 404);
			await page.goto(`${app.origin}/break-glass`);
			await page.fill("#child", child);
			await page.fill("#reason", "The hospital asks for her tonight.");
			await press(page, "Open the record");
			await page.goto(at(child, "/plan"));
			assert.match(await page.locator(".app-guard").innerText(), /You opened this record with a reason, until/);
			await hold(page, "plan by glass");
			await press(page, "Give the access back");
			assert.equal((await page.goto(at(child, "/plan"))).status(), 404);
		});
		await withPerson("director", {}, async (page) => {
			await page.goto(at(child, "/seen"));
			const rows = (await page.locator("tbody tr").allInnerTexts()).join("\n");
			assert.match(rows, /Social worker \(demonstration\)\t\d+ times/);
			assert.match(rows, /Team manager \(demonstration\)\tOpened the record with a reason/);
			assert.match(rows, /The hospital asks for her tonight/);
			assert.match(rows, /Wrote about me\twhat they like to be called, what matters/);
			assert.match(rows, /Gave the access back/);
			await hold(page, "seen full");
			const { text } = await paper(page, "seen");
			assert.match(text, /The hospital asks for her tonight[^]*Printed by Director/);
			await page.goto(at(child, "/restricted"));
			await page.getByLabel("Those who work with the child").check();
			await page.fill("#reason", "The relative has left.");
			await press(page, "Save");
		});
	},

	async "more than a hundred entries of the log are paged"() {
		await withWorker(async (page, context) => {
			const child = children.pop();
			for (let i = 0; i < 103; i++) await context.request.get(at(child, "/my-page"));
			await page.goto(at(child, "/seen"));
			assert.match(await page.locator("tbody tr").first().innerText(), /10\d times/);
			assert.equal(await page.locator(".app-table").last().locator("tbody tr").count(), 100);
			await page.getByRole("link", { name: "Earlier" }).click();
			assert.ok(await page.locator("tbody tr").count() >= 4);
			await page.getByRole("link", { name: "Newest" }).click();
			assert.equal(path(page), `/children/${child}/seen`);
		});
	},

	async "the profile starts with the child, is one page of paper and says no name"() {
		const child = children.pop();
		const id = await withProfile(child);
		await withWorker(async (page) => {
			await page.goto(at(child, "/profile"));
			await hold(page, "profile full");
			const { text, pages, pdf } = await paper(page, "profile");
			assert.equal(pages, 1);
			assert.doesNotMatch(text, /\bKai\b/i);
			assert.ok(!text.includes(id) && !(await page.html()).includes(id), "nor an id, on screen or paper");
			assert.doesNotMatch(await page.title(), /Kai/);
			assert.ok(!pdf.toString("latin1").includes("Kai") && !pdf.toString("utf16le").includes("Kai"));
			const order = ["What matters to me", "I make people laugh", "[name] is kind", "The home that is looked for",
				"To see my sister", "Needs, and what helps", "Printed by"].map((words) => text.indexOf(words));
			assert.ok(order.every((place, i) => place > (order[i - 1] ?? 0)), `in this order: ${order}`);

			await press(page, "Show the profile with the name");
			assert.match(await fault(page, "why"), /Write in a sentence why/);
			assert.doesNotMatch(await main(page), /\bKai\b/);
			await hold(page, "profile wrong");
			await page.fill("#why", "The carers of the chosen home meet her on Friday.");
			await press(page, "Show the profile with the name");
			assert.match(await heading(page), /^Kai: profile for finding a home$/);
			const named = await paper(page, "profile named");
			assert.equal(named.pages, 1);
			assert.match(named.text, new RegExp(`KAI is kind[^]*`));
			assert.ok(named.text.includes(id));
			await hold(page, "profile named");
			await page.goto(at(child, "/profile"));
			assert.doesNotMatch(await main(page), /\bKai\b/, "the next time without");
			await page.goto(at(child, "/seen"));
			assert.match((await page.locator("tbody tr").allInnerTexts()).join("\n"),
				/Showed the name on a profile\twho the child is\tThe carers of the chosen home meet her on Friday/);
		});
	},

	async "the profile stays one page whatever is written, and says that it was shortened"() {
		await withWorker(async (page, context) => {
			const child = await neediest(context);
			const words = "Somebody who listens, keeps to what was said and does not mind noise. ".repeat(20);
			await writeAbout(page, child, { ...kai, matters: words, good_at: words, hopes: words, liked: words,
				written_with: words.slice(0, 190) });
			await page.goto(at(child, "/plan/new"));
			const domains = await page.locator("#domain option").evaluateAll((all) => all.map((one) => one.value));
			for (const domain of domains) await addGoal(page, child, { goal: words, helps: words, domain });
			await page.goto(at(child, "/profile"));
			assert.match(await main(page), /Long texts are shortened to fit/);
			const { pages, text } = await paper(page, "profile long");
			assert.equal(pages, 1);
			assert.match(text, /Printed by/);
			await page.goto(at(child, "/my-page"));
			assert.doesNotMatch(await main(page), /…/, "the young person's own page has it whole");
			await paper(page, "my page long");
		});
	},

	...everywhere("the young person's page says it plainly, on one page", async (page) => {
		const child = children.pop();
		await page.goto(at(child, "/my-page"));
		assert.equal(await heading(page), "My page");
		assert.match(await main(page), /We would like to hear from you/);
		await hold(page, "my page empty");
		await writeAbout(page, child);
		await addGoal(page, child, { goal: "To see my sister", helps: "Set days that do not change", who: "Jo" });
		await page.goto(at(child, "/reviews/write"));
		await fill(page, { participation: "PN1", view: "I want to stay.", notes: "Nothing moves." });
		await press(page, "Save");
		await page.goto(at(child, "/my-page"));
		assert.equal(await heading(page), "Kai: my page");
		const { text, pages } = await paper(page, "my page");
		assert.equal(pages, 1);
		for (const words of ["My dog Bramble", "To see my sister", "Set days that do not change", "I want to stay.",
			"Social worker (demonstration)", "an advocate", "looked at your record"])
			assert.ok(text.includes(words), words);
		assert.doesNotMatch(text.replace(/Printed by.*/, ""), /assessment|placement|domain|severe|\bPN\d|review code/i);
		await hold(page, "my page full");
	}),

	async "whoever may only read sees no form; whoever may not know the child sees nothing"() {
		const child = children.pop();
		await withWorker((page) => writeAbout(page, child));
		await withPerson("placement.broker", {}, async (page) => {
			for (const rest of ["/plan", "/reviews", "/people", "/profile", "/my-page", "/seen", "/about/versions"]) {
				assert.equal((await page.goto(at(child, rest))).status(), 200, rest);
				if (rest !== "/profile")
					assert.equal(await page.locator("main form, main .govuk-button").count(), 0, rest);
			}
			for (const rest of ["/about", "/plan/new", "/reviews/write"])
				assert.notEqual((await page.goto(at(child, rest))).status(), 200, rest);
		});
		for (const login of ["commissioner", "finance", "analyst", "elsewhere"])
			await withPerson(login, {}, async (page) => {
				for (const rest of ["/plan", "/reviews", "/people", "/profile", "/my-page", "/seen", "/about/versions"]) {
					const answer = await page.goto(at(child, rest));
					assert.ok([403, 404].includes(answer.status()), `${login} ${rest}`);
					assert.doesNotMatch(await answer.text(), /Kai|Bramble/);
				}
			});
	},

	async "text that looks like HTML, and text without end, stays text on every page"() {
		await withWorker(async (page) => {
			const child = children.pop();
			for (const [name, words] of [["unkind", unkind], ["long", long]]) {
				const line = words.slice(0, 180);
				await writeAbout(page, child, { known_as: line, matters: words, good_at: words, hopes: words,
					liked: words, written_with: line });
				await addGoal(page, child, { goal: words, helps: words, who: line });
				const goal = await page.locator(".app-plan-goal a").last().getAttribute("href");
				await page.goto(app.origin + goal);
				await fill(page, { note: words, course: "harder" });
				await press(page, "Add");
				await page.goto(`${app.origin}${goal}/change`);
				await fill(page, { state: "changed", why: words });
				await press(page, "Save");
				await addGoal(page, child, { goal: words, helps: words, who: line });
				await page.goto(at(child, name === "unkind" ? "/reviews/write" : `/reviews/write?on=${today}`));
				await fill(page, { view: words, notes: words });
				await press(page, "Save");
				const pages = ["", "/about", "/about/versions", "/plan", goal.replace(/.*(\/plan)/, "$1"),
					`${goal.replace(/.*(\/plan)/, "$1")}/change`, "/reviews", `/reviews/write?on=${today}`, "/people",
					"/seen", "/profile", "/my-page"];
				for (const rest of pages) {
					assert.equal((await page.goto(at(child, rest))).status(), 200, rest);
					assert.equal(await page.locator("main img, main script, [onerror]").count(), 0);
					if (rest !== "" && name === "long") await hold(page, `${name} ${rest}`);
				}
				await page.goto(at(child, "/about"));
				assert.equal(await page.inputValue("#matters"), words.trim(), "as it was typed");
			}
		});
	},

	async "with the keyboard alone"() {
		await withWorker(async (page) => {
			const child = children.pop();
			const until = (wanted) => tabUntil(page, wanted, 90);
			await page.goto(at(child, "/about"));
			await until("matters");
			await page.keyboard.type("Quiet mornings.");
			await until("participation");
			for (let i = 0; i < 2; i++) await page.keyboard.press("ArrowDown");
			await until("Save");
			await page.keyboard.press("Enter");
			await page.waitForURL(/done=about/);
			assert.match(await main(page), /Quiet mornings[^]*Came and spoke for themselves/);
			await until("Goals and plan");
			await page.keyboard.press("Enter");
			await page.waitForURL(/\/plan$/);
			await until("Add a goal");
			await page.keyboard.press("Enter");
			await page.waitForURL(/\/plan\/new/);
			await until("goal");
			await page.keyboard.type("To sleep well");
			await until("domain");
			await page.keyboard.press("ArrowDown");
			await until("helps");
			await page.keyboard.type("A night light");
			await until("Save");
			await page.keyboard.press("Enter");
			await page.waitForURL(/done=goal/);
			await until("To sleep well");
			await page.keyboard.press("Enter");
			await page.waitForURL(/\/plan\/\d+/);
			await until("note");
			await page.keyboard.type("Slept through twice.");
			await until("Add");
			await page.keyboard.press("Enter");
			await page.waitForURL(/done=progress/);
			assert.match(await page.locator(".app-progress").innerText(), /Slept through twice/);
		});
	},
};

// Of the children nobody wrote about yet, the one with needs in most areas.
async function neediest(context) {
	const counts = await Promise.all(children.map(async (child) => {
		const answer = await context.request.get(at(child, "/profile"));
		return { child, needs: (await answer.text()).match(/class="app-sheet__need"/g)?.length ?? 0 };
	}));
	counts.sort((a, b) => b.needs - a.needs);
	assert.ok(counts[0].needs >= 8, "a child with needs in many areas");
	children.splice(children.indexOf(counts[0].child), 1);
	return counts[0].child;
}

// A child with words and goals; their id at the council.
async function withProfile(child) {
	let id = "";
	await withWorker(async (page) => {
		await page.goto(at(child, "/profile"));
		await hold(page, "profile empty");
		assert.equal((await paper(page, "profile empty")).pages, 1);
		await writeAbout(page, child);
		await addGoal(page, child, { goal: "To see my sister, says Kai", helps: "Set days" });
		await page.goto(at(child, "/plan"));
		id = await page.locator(".app-child__facts div", { hasText: "ID at the council" }).locator("dd").innerText();
	});
	return id;
}

await runTests(tests, async () => {
	await app.stop();
	forget(record);
});
