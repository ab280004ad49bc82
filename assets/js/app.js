// SPDX-License-Identifier: MIT
// What pages of the application gain where a browser runs scripts. Every page works without.
import { Button, createAll, ErrorSummary, NotificationBanner, PasswordInput, ServiceNavigation, SkipLink }
	from "govuk-frontend";
import { saveAsTyped } from "./save.js";
import { drawingByKey } from "./marks.js";
import { watchSession } from "./session.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
createAll(Button, { preventDoubleClick: true });
for (const component of [ErrorSummary, NotificationBanner, PasswordInput, ServiceNavigation, SkipLink])
	createAll(component);
const session = watchSession(document.getElementById("session"));
for (const form of document.querySelectorAll("form[data-save]")) saveAsTyped(form, session);
for (const drawing of document.querySelectorAll("[data-drawing]")) drawingByKey(drawing);
