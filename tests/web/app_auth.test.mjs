// SPDX-License-Identifier: MIT
// Signing in, accounts and the log, as a person does them: node tests/web/app_auth.test.mjs [HEARTH]
import assert from "node:assert/strict";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { withBrowser } from "./browser.mjs";
import { hold, tab, tabUntil } from "./checks.mjs";
import { forget, makeRecord, oneTimeCode, openPage, path, press, run, runTests, runWith, serve, signIn, stepNow }
	from "./app.mjs";

const record = makeRecord();
const own = "seven quiet herons wading";

// The password a person of the test chose for themselves, by their first.
run("--db", record.place, "user", "add", "ada", "--role", "administrator", "--every-authority",
	"--name", "Ada Okonkwo");
const app = await serve(record);

const heading = (page) => page.locator("h1").textContent();
const summary = (page) => page.locator(".govuk-error-summary").textContent();

async function withPage(options, work) {
	await withBrowser(options, async (context) => {
		const page = await openPage(context, app);
		await work(page, context);
		assert.deepEqual(page.troubles, []);
	});
}

// Somebody with an account of their own and a password they chose.
let made = 0;
function newPerson(role, ...scope) {
	const login = `person${++made}`;
	runWith(`${own}\n`, "--db", record.place, "user", "add", login, "--role", role, ...scope,
		"--name", `Person ${made}`, "--password-stdin");
	return login;
}

async function chooseOwn(page, login) {
	if (page.url() === "about:blank") await signIn(page, app, login, own);
	if (path(page) === "/account/password") {
		await page.fill("#new-password", `${own} ${login}`);
		await press(page, "Change password");
	}
	return `${own} ${login}`;
}

const everywhere = (name, work) => ({
	[`${name}, with JavaScript`]: () => withPage({}, work),
	[`${name}, without JavaScript`]: () => withPage({ javaScriptEnabled: false }, work),
});

const tests = {
	...everywhere("a person signs in and out, and the old cookie opens nothing", async (page, context) => {
		await page.goto(`${app.origin}/account`);
		assert.equal(path(page), "/sign-in");
		await page.fill("#login", "Social.Worker");
		await page.fill("#password", record.users["social.worker"]);
		await press(page, "Sign in");
		assert.equal(path(page), "/account", "back to what was asked for");
		const kept = await context.cookies();
		const session = kept.find((one) => one.name === "session");
		assert.ok(session.httpOnly && session.sameSite === "Lax");
		await press(page, "Sign out");
		assert.equal(path(page), "/sign-in");
		assert.match(await page.textContent("main"), /You are signed out/);
		await context.addCookies([session]);
		await page.goto(`${app.origin}/account`);
		assert.equal(path(page), "/sign-in", "the old cookie is refused");
	}),

	...everywhere("a wrong password and an unknown name look alike", async (page) => {
		const said = [];
		for (const login of ["finance", "nobody.at.all"]) {
			await signIn(page, app, login, "not this one at all");
			assert.equal(page.sent.status(), 422);
			said.push(await summary(page), await page.locator("#login-error").textContent());
			assert.equal(await page.inputValue("#login"), login, "what was typed stays");
			assert.equal(await page.inputValue("#password"), "", "the password does not");
		}
		assert.deepEqual(said.slice(0, 2), said.slice(2));
		assert.match(await page.title(), /^Error: /);
	}),

	async "guessing is slowed, and does not lock out the person's own device"() {
		const login = newPerson("analyst", "--every-authority");
		await withPage({}, async (known) => {
			const password = await chooseOwn(known, login);
			await press(known, "Sign out");
			await withPage({}, async (stranger) => {
				let said = "";
				for (let i = 0; i < 12 && !/Try again in/.test(said); i++) {
					await signIn(stranger, app, login, `guess number ${i} of many`);
					said = await summary(stranger);
				}
				assert.match(said, /Too many attempts were wrong. Try again in \d+ (seconds|minutes)/);
				await signIn(stranger, app, login, password);
				assert.equal(path(stranger), "/sign-in", "not even the right one, from there");
			});
			await signIn(known, app, login, password);
			assert.equal(path(known), "/", "the person gets in on their own device");
		});
	},

	async "a session is new at every sign-in, and one that was planted is not taken"() {
		await withPage({}, async (page, context) => {
			const planted = { name: "session", value: "A".repeat(43), url: app.origin };
			await context.addCookies([planted]);
			await signIn(page, app, "finance", record.users.finance);
			const token = async () => (await context.cookies()).find((one) => one.name === "session").value;
			const first = await token();
			assert.notEqual(first, planted.value);
			await page.goto(`${app.origin}/sign-in/again?to=/account`);
			await page.fill("#password", record.users.finance);
			await press(page, "Continue");
			assert.equal(path(page), "/account");
			assert.notEqual(await token(), first, "a new one after the password was given again");
			await context.addCookies([{ name: "session", value: first, url: app.origin }]);
			await page.goto(`${app.origin}/account`);
			assert.equal(path(page), "/sign-in");
		});
	},

	async "a form of another site, or without its token, changes nothing"() {
		await withPage({}, async (page, context) => {
			await signIn(page, app, "analyst", record.users.analyst);
			for (const headers of [{}, { Origin: "https://elsewhere.example" }]) {
				const answer = await context.request.post(`${app.origin}/sign-out`,
					{ form: { csrf: "AAAA" }, headers, maxRedirects: 0 });
				assert.equal(answer.status(), 403);
			}
			await page.goto(`${app.origin}/account`);
			assert.equal(path(page), "/account", "still signed in");
		});
	},

	...everywhere("a second factor is set up, asked for, and recovered from", async (page, context) => {
		const login = newPerson("commissioner", "--every-authority");
		const password = await chooseOwn(page, login);
		await page.goto(`${app.origin}/account/second-factor`);
		assert.equal(await page.locator(".app-picture svg").count(), 1);
		await page.locator("summary").click();
		const secret = await page.locator(".app-once").textContent();
		await page.fill("#code", "000000");
		await press(page, "Set it up");
		assert.match(await page.locator("#code-error").textContent(), /not right/);
		assert.equal((await page.locator(".app-once").textContent()), secret, "the same secret");
		await page.fill("#code", oneTimeCode(secret, stepNow()));
		await press(page, "Set it up");
		const codes = await page.locator(".app-codes li").allTextContents();
		assert.equal(codes.length, 10);
		await press(page, "Sign out");

		const enter = async (code) => {
			await signIn(page, app, login, password);
			assert.equal(path(page), "/sign-in/code");
			await page.fill("#code", code);
			await press(page, "Continue");
		};
		await signIn(page, app, login, password);
		for (const closed of ["/", "/account", "/children", "/accounts"]) {
			await page.goto(app.origin + closed);
			assert.ok(["/sign-in/code", closed].includes(path(page)));
			assert.doesNotMatch(await page.textContent("main"), /Hello/, "half signed in opens nothing");
		}
		await press(page, "Sign in as somebody else");
		const code = oneTimeCode(secret, stepNow() + 1);
		await enter(code);
		assert.match(await heading(page), /Hello/);
		await press(page, "Sign out");
		await enter(code);
		assert.equal(path(page), "/sign-in/code", "a code counts once");
		assert.match(await summary(page), /used before/);
		await press(page, "Sign in as somebody else");
		await enter(codes[3].toUpperCase());
		assert.match(await heading(page), /Hello/);
		await page.goto(`${app.origin}/account`);
		assert.match(await page.textContent("main"), /9 recovery codes are left/);
		await press(page, "Sign out");
		await enter(codes[3]);
		assert.equal(path(page), "/sign-in/code", "a recovery code counts once");
		assert.equal(await context.cookies().then((all) => all.filter((one) => one.name === "session").length), 1);
	}),

	...everywhere("a password is changed, which ends all other sessions", async (page) => {
		const login = newPerson("analyst", "--every-authority");
		const password = await chooseOwn(page, login);
		await withPage({}, async (other) => {
			await signIn(other, app, login, password);
			assert.equal(path(other), "/");
			await page.goto(`${app.origin}/account/password`);
			const change = async (old, fresh) => {
				await page.fill("#password", old);
				await page.fill("#new-password", fresh);
				await press(page, "Change password");
			};
			await change("", "four words that differ");
			assert.match(await page.locator("#password-error").textContent(), /Enter your current/);
			await change(password, "short");
			assert.match(await page.locator("#new-password-error").textContent(), /12/);
			await change(password, "passwordpassword");
			assert.equal(await page.locator("#new-password-error").count(), 1, "a common one is refused");
			await change("not the old one", "lamps under calm water");
			assert.match(await page.locator("#password-error").textContent(), /not right/);
			await change(password, "lamps under calm water");
			assert.match(await page.textContent(".govuk-notification-banner"), /Your password was changed/);
			await other.goto(`${app.origin}/account`);
			assert.equal(path(other), "/sign-in", "the other session has ended");
		});
	}),

	async "a person ends a session they left open elsewhere"() {
		const login = newPerson("analyst", "--every-authority");
		await withPage({}, async (page) => {
			const password = await chooseOwn(page, login);
			await withPage({}, async (other) => {
				await signIn(other, app, login, password);
				await page.goto(`${app.origin}/account`);
				await page.locator("button", { hasText: /^End the session/ }).click();
				assert.match(await page.textContent(".govuk-notification-banner"), /was ended/);
				await other.goto(`${app.origin}/account`);
				assert.equal(path(other), "/sign-in");
			});
		});
	},

	...everywhere("an administrator adds a person, who chooses a password; disabling ends it at once",
		async (page) => {
			const login = `new.person${++made}`;
			await signIn(page, app, "administrator", record.users.administrator);
			await page.goto(`${app.origin}/accounts/add`);
			await press(page, "Add the account");
			assert.match(await summary(page), /Enter a sign-in name/);
			assert.match(await summary(page), /Choose a role/);
			await page.fill("#login", login);
			await page.fill("#shown", "Sam <b>Lee</b>");
			await page.getByLabel("Analyst", { exact: true }).check();
			await page.locator("input[name=authority]").first().check();
			await press(page, "Add the account");
			assert.match(await heading(page), /First password for Sam <b>Lee<\/b>/);
			const first = await page.locator("[data-first-password]").textContent();
			await withPage({}, async (person) => {
				await signIn(person, app, login, first);
				assert.equal(path(person), "/account/password");
				await person.goto(`${app.origin}/`);
				assert.equal(path(person), "/account/password", "nothing else before that");
				await person.fill("#new-password", "lanterns on a slow river");
				await press(person, "Change password");
				await person.goto(`${app.origin}/`);
				assert.match(await heading(person), /Hello, Sam <b>Lee/);
				assert.equal((await person.goto(`${app.origin}/accounts`)).status(), 403);

				await page.goto(`${app.origin}/accounts?search=${login}`);
				await page.getByRole("link", { name: "Sam <b>Lee</b>" }).click();
				await press(page, "Disable the account");
				assert.match(await page.textContent(".govuk-notification-banner"), /is disabled/);
				await person.goto(`${app.origin}/`);
				assert.equal(path(person), "/sign-in", "signed out at once");
				await signIn(person, app, login, "lanterns on a slow river");
				assert.match(await summary(person), /not right/);
				await press(page, "Enable the account");
				await signIn(person, app, login, "lanterns on a slow river");
				assert.equal(path(person), "/");
			});
			const log = run("--db", record.place, "audit", "list", "--rows", "200");
			for (const act of ["account.create", "account.disable", "account.enable", "sign_in.done"])
				assert.ok(log.includes(act), act);
		}),

	async "the log shows it, by person and by act, and is whole"() {
		await withPage({}, async (page) => {
			await signIn(page, app, "auditor", record.users.auditor);
			await page.goto(`${app.origin}/audit`);
			await page.fill("#who", "auditor");
			await page.getByLabel("What was done").selectOption("sign_in.done");
			await press(page, "Show");
			assert.match(page.url(), /who=auditor&act=sign_in.done/);
			const rows = await page.locator("tbody tr").allTextContents();
			assert.ok(rows.length > 0 && rows.every((row) => /auditor\s*Signed in/.test(row)), rows[0]);
			await page.locator(".app-chips__chip").first().click();
			assert.doesNotMatch(page.url(), /who=/);
			await page.goto(`${app.origin}/audit?from=yesterday`);
			assert.match(await summary(page), /Enter a day/);
			await page.goto(`${app.origin}/audit/verify`);
			await page.fill("#heads", await page.locator(".app-once").textContent());
			await press(page, "Verify the log");
			assert.match(await page.textContent(".govuk-notification-banner"), /The log is whole/);
			await page.fill("#heads", "nonsense");
			await press(page, "Verify the log");
			assert.equal(await page.locator("#heads-error").count(), 1);
		});
	},

	...everywhere("a record is restricted, opened with a reason, and that is reviewed", async (page) => {
		const [, number] = /child (\d+)/.exec(
			run("--db", record.place, "audit", "list", "--act", "allocation.set", "--rows", "1"));
		const guard = `${app.origin}/children/${number}/restricted`;
		await withPage({}, async (director) => {
			await signIn(director, app, "director", record.users.director);
			await director.goto(guard);
			await director.getByLabel("Named people", { exact: true }).check();
			await press(director, "Save");
			assert.ok(await director.locator(".govuk-error-summary").count(), "nobody is named");
			await hold(director, "restricted child wrong");
			await director.getByLabel("Named people", { exact: true }).check();
			await director.getByLabel("Director (demonstration)").check();
			await director.fill("#reason", "A relative works for the council.");
			await press(director, "Save");
			assert.match(await director.textContent(".govuk-notification-banner"), /Saved/);
			await hold(director, "restricted child");
		});
		await signIn(page, app, "team.manager", record.users["team.manager"]);
		const ask = async (who, why) => {
			await page.goto(`${app.origin}/break-glass`);
			await page.fill("#child", who);
			await page.fill("#reason", why);
			await press(page, "Open the record");
		};
		await ask("no such child", "The police ask for her tonight.");
		const unknown = await summary(page);
		await ask(number, "why");
		assert.match(await summary(page), /at least 10 letters/);
		assert.match(unknown, /No record of this ID can be opened in this way/);
		await ask(number, "The police ask for her tonight.");
		assert.doesNotMatch(page.url(), /break-glass/);
		await page.goto(`${app.origin}/`);
		assert.match(await page.textContent("main"), new RegExp(`child ${number} with a reason`));
		await hold(page, "home with an open record");
		await withPage({}, async (reviewer) => {
			await signIn(reviewer, app, "auditor", record.users.auditor);
			await reviewer.goto(`${app.origin}/restricted`);
			assert.match(await reviewer.textContent("main"), /The police ask for her tonight/);
			await hold(reviewer, "reviews");
			await reviewer.locator("button", { hasText: /^Keep the review/ }).first().click();
			assert.match(await reviewer.textContent(".govuk-notification-banner"), /Nothing was kept/);
			await reviewer.locator("textarea").first().fill("Talked to the manager: it was right.");
			await reviewer.locator("button", { hasText: /^Keep the review/ }).first().click();
			assert.match(await reviewer.textContent(".govuk-notification-banner"), /was kept/);
			await reviewer.goto(`${app.origin}/restricted?all=1`);
			assert.match(await reviewer.textContent("main"), /it was right/);
		});
		await page.goto(`${app.origin}/`);
		await page.locator("button", { hasText: /^Give the access back/ }).click();
		assert.match(await page.textContent(".govuk-notification-banner"), /gave the access back/);
		await withPage({}, async (director) => {
			await signIn(director, app, "director", record.users.director);
			await director.goto(guard);
			await director.getByLabel("Those who work with the child").check();
			await director.fill("#reason", "The relative has left.");
			await press(director, "Save");
			assert.match(await director.textContent(".govuk-notification-banner"), /Saved/);
		});
	}),

	async "whoever writes templates sees them at once"() {
		const folder = join(record.folder, "templates"), page = join(folder, "pages/sign_in.mustache");
		cpSync(new URL("../../templates", import.meta.url).pathname, folder, { recursive: true });
		const own = await serve(record, "--templates", folder);
		const title = async () =>
			/<h1[^>]*>([^<]*)/.exec(await (await fetch(`${own.origin}/sign-in`)).text())?.[1];
		const before = await title();
		writeFileSync(page, readFileSync(page, "utf8").replace(`>${before}<`, ">Changed by hand<"));
		assert.equal(await title(), "Changed by hand");
		assert.equal(before, "Sign in");
		await own.stop();
	},

	async "sessions survive a restart of the server"() {
		await withPage({}, async (page) => {
			await signIn(page, app, "director", record.users.director);
			await app.restart();
			await page.goto(`${app.origin}/account`);
			assert.equal(path(page), "/account");
		});
	},

	async "with the keyboard alone"() {
		await withPage({}, async (page) => {
			await page.goto(`${app.origin}/sign-in`);
			const until = (wanted) => tabUntil(page, wanted, 40);
			assert.equal(await tab(page), "Skip to main content");
			await page.keyboard.press("Enter");
			assert.equal(await page.evaluate(() => document.activeElement.id), "main");
			await until("login");
			await page.keyboard.type("administrator");
			await until("password");
			await page.keyboard.type(record.users.administrator);
			await page.keyboard.press("Enter");
			await page.waitForURL(`${app.origin}/`);
			await until("Accounts");
			await page.keyboard.press("Enter");
			await page.waitForURL(/accounts/);
			await until("Add an account");
			await page.keyboard.press("Enter");
			await page.waitForURL(/accounts\/add/);
			await until("login");
			await page.keyboard.type("by.keyboard");
			await until("role");
			for (let i = 0; i < 5; i++) await page.keyboard.press("ArrowDown");
			await until("authority");
			await page.keyboard.press("Space");
			await until("Add the account");
			await page.keyboard.press("Enter");
			await page.waitForSelector("[data-first-password], .govuk-error-summary");
			assert.match(await heading(page), /First password for by.keyboard/);
		});
	},

	async "a warning before the session ends keeps the form, and a new sign-in lets it go on"() {
		await withPage({}, async (page, context) => {
			await signIn(page, app, "administrator", record.users.administrator);
			// as if nothing had been done for long: the page is told that only seconds are left
			await page.route("**/accounts/add", async (route) => {
				if (route.request().method() !== "GET") return route.continue();
				const answer = await route.fetch();
				const body = (await answer.text()).replace(/data-left="\d+"/, 'data-left="3"');
				return route.fulfill({ response: answer, body });
			});
			await page.goto(`${app.origin}/accounts/add`);
			await page.fill("#shown", "Typed before the warning").catch(() => {});
			await page.waitForSelector("#session[open]");
			assert.match(await page.textContent("#session h2"), /about to be signed out/);
			await page.keyboard.press("Tab");
			await press(page, "Stay signed in");
			await page.waitForSelector("#session:not([open])", { state: "attached" });
			assert.equal(await page.inputValue("#shown"), "Typed before the warning");

			// the session ends behind the page; in another tab the person signs in again
			await context.clearCookies({ name: "session" });
			const other = await openPage(context, app);
			await signIn(other, app, "administrator", record.users.administrator);
			await page.evaluate(() => document.getElementById("session").querySelector('[data-part="stay"]').click());
			await page.waitForTimeout(500);
			await page.fill("#login", "typed.once");
			await page.getByLabel("Auditor", { exact: true }).check();
			await page.locator("input[name=authority]").first().check();
			await press(page, "Add the account");
			assert.match(await heading(page), /First password for Typed before the warning/);
		});
	},

	async "without JavaScript a page says how long the session lasts"() {
		await withPage({ javaScriptEnabled: false }, async (page) => {
			await signIn(page, app, "finance", record.users.finance);
			assert.match(await page.textContent("footer"), /signed out after 30 minutes without doing anything/);
			assert.equal(await page.locator("#session").isVisible(), false);
		});
	},

	async "everybody is told that it is a demonstration, and who printed a page"() {
		await withPage({}, async (page) => {
			await page.goto(`${app.origin}/sign-in`);
			assert.match(await page.textContent(".app-banner"), /Demonstration/);
			await signIn(page, app, "director", record.users.director);
			assert.match(await page.textContent(".app-banner"), /made up/);
			await page.emulateMedia({ media: "print" });
			assert.equal(await page.locator(".app-footer__print").isVisible(), true);
			assert.equal(await page.locator(".govuk-service-navigation").isVisible(), false);
			const pdf = await page.pdf({ format: "A4", preferCSSPageSize: true });
			assert.ok(pdf.length > 1000);
		});
	},

	async "a first visit asks for at most 150 KB, and of nobody else"() {
		await withPage({}, async (page) => {
			let bytes = 0;
			page.on("response", async (response) => {
				bytes += (await response.request().sizes()).responseBodySize;
			});
			await page.goto(`${app.origin}/sign-in`, { waitUntil: "networkidle" });
			assert.ok(bytes > 5000 && bytes <= 150_000, `${bytes} bytes`);
			await page.goto(`${app.origin}/sign-in`, { waitUntil: "networkidle" });
		});
	},

	async "every page of a visitor and of a person passes axe, html-validate, 320 px and print"() {
		await withPage({}, async (page) => {
			await page.goto(`${app.origin}/sign-in`);
			await hold(page, "sign-in");
			await press(page, "Sign in");
			await hold(page, "sign-in wrong");
			await signIn(page, app, "x".repeat(300), "y".repeat(400));
			await hold(page, "sign-in long");
			await signIn(page, app, "director", record.users.director);
			await hold(page, "home director");
			for (const one of ["/account", "/account/password", "/account/second-factor", "/sign-in/again",
				"/break-glass", "/restricted", "/restricted?all=1", "/audit", "/audit?child=999999",
				"/audit?from=x", "/nowhere"]) {
				await page.goto(app.origin + one);
				await hold(page, `director ${one}`);
			}
			await page.goto(`${app.origin}/break-glass`);
			await press(page, "Open the record");
			await hold(page, "break-glass wrong");
			await page.goto(`${app.origin}/account/password`);
			await press(page, "Change password");
			await hold(page, "password wrong");
		});
	},

	async "every page of an administrator and an auditor passes, too"() {
		const long = "Aurelia-Wilhelmina ".repeat(6).trim();
		runWith(`${own}\n`, "--db", record.place, "user", "add", "n".repeat(64), "--role", "auditor",
			"--every-authority", "--name", long, "--password-stdin");
		await withPage({}, async (page) => {
			await signIn(page, app, "administrator", record.users.administrator);
			await hold(page, "home administrator");
			for (const one of ["/accounts", "/accounts?search=aurelia&role=auditor&state=new",
				"/accounts?search=nobody-has-this-name", "/accounts/add", "/accounts/1", "/audit/verify"]) {
				await page.goto(app.origin + one);
				await hold(page, `administrator ${one}`);
			}
			await press(page, "Verify the log");
			await hold(page, "verified");
			await page.goto(`${app.origin}/accounts/add`);
			await press(page, "Add the account");
			await hold(page, "account wrong");
			await page.goto(`${app.origin}/accounts?search=aurelia`);
			await page.locator("tbody a").first().click();
			await hold(page, "account long");
			await press(page, "Give a new first password");
			await hold(page, "account password");
		});
		await withPage({}, async (page) => {
			await signIn(page, app, "auditor", record.users.auditor);
			await hold(page, "home auditor");
			await page.goto(`${app.origin}/audit?act=sign_in.done&who=administrator`);
			await hold(page, "auditor filtered");
		});
	},

	async "the steps of the second factor pass, too"() {
		const login = newPerson("analyst", "--every-authority");
		await withPage({}, async (page) => {
			await signIn(page, app, login, own);
			await hold(page, "first password");
			const password = await chooseOwn(page, login);
			await page.goto(`${app.origin}/account/second-factor`);
			await press(page, "Set it up");
			await hold(page, "second factor wrong");
			await page.locator("summary").click();
			const secret = await page.locator(".app-once").textContent();
			await page.fill("#code", oneTimeCode(secret, stepNow()));
			await press(page, "Set it up");
			await hold(page, "recovery codes");
			await page.goto(`${app.origin}/account/second-factor`);
			await hold(page, "second factor again");
			await press(page, "Sign out");
			await signIn(page, app, login, password);
			await hold(page, "code");
			await press(page, "Continue");
			await hold(page, "code wrong");
		});
	},

	async "nothing of a secret is in the log of the server"() {
		for (const secret of [...new Set(Object.values(record.users)), own, "Ada Okonkwo"])
			assert.ok(!app.log.includes(secret));
		assert.doesNotMatch(app.log, /csrf|session=|password=/);
	},
};
await runTests(tests, async () => {
	await app.stop();
	forget(record);
});
