# SPDX-License-Identifier: MIT
"""The checks that guard something, each with what stands there once it is taken out, and the tests of
which one must notice: for mutate.py. A check that two places make is here once for each."""
RIGHTS, SITE, SESSION = "src/people/rights.c", "src/web/site.c", "src/people/session.c"
SIGN_IN, GLASS, GUARDING = "src/people/sign_in.c", "src/people/glass.c", "src/people/guarding.c"
THROTTLE, AUDIT, EXCHANGE = "src/people/throttle.c", "src/people/audit.c", "src/web/exchange.c"
FACTOR, ACCOUNT, GUARD = "src/people/second_factor.c", "src/people/account.c", "src/web/guard.c"
PEOPLE, CARE = "sql/queries/people.sql", "sql/queries/care.sql"
PAGES = "src/web/pages/"

# name: the command after the folder of tests or of the build
TESTS = {
    "child": ["rights_test.py", "--quick", r"--only=^/children(/\{child\}(/restricted|/about|/plan"
              r"/\{goal\}|/assessments/\{assessment\}(/team/\{contribution\})?)?)?$|^/due$|^/$"],
    "lists": ["rights_test.py", "--quick", "--only=^/(audit|accounts|restricted|break-glass|children"
              "/views|account$|$)"],
    "all": ["rights_test.py", "--quick"],
    "session": ["session_test.py", "Sessions"], "forgeries": ["session_test.py", "Forgeries"],
    "rules": ["rules_test.py"],
    "log": ["log_test.py", "Log", "NoLog"],
    "rights": "people/test_people_rights", "guarding": "people/test_people_guarding",
    "throttle": "people/test_people_throttle", "factor": "people/test_people_factor",
    "sign_in": "people/test_people_sign_in", "account": "people/test_people_account",
    "guard": "web/test_web_guard", "audit": "people/test_people_audit",
}

MUTANTS = [
    # ---- who has a permission at all
    (RIGHTS, "\tif (!rights_permission(rights, permission))\n\t\treturn false;\n\tif (strcmp(permission, "
     "\"public\")", "\tif (strcmp(permission, \"public\")", "rights"),
    (RIGHTS, "if (!session || session->stage != SESSION_FULL || session->account.disabled)",
     "if (!session || session->account.disabled)", "rights"),
    (RIGHTS, "if (!session || session->stage != SESSION_FULL || session->account.disabled)",
     "if (!session || session->stage != SESSION_FULL)", "rights"),
    (RIGHTS, "\tif (session->account.password != PASSWORD_OWN)\n\t\treturn false;\n", "", "rights"),
    (RIGHTS, "return rights_scope(rights, session->account.role, permission) != SCOPE_NONE;",
     "return true;", "lists"),
    (SITE, "if (!rights_may(lent->visit.rights, lent->visit.session, permission))",
     "if (!permission)", "lists"),
    (SITE, "\tif (!session)\n\t\treturn \"/sign-in\";", "\tif (!session)\n\t\treturn NULL;", "lists"),
    (SITE, "if (session->account.password == PASSWORD_FIRST && ", "if (false && ", "rules"),
    (SITE, "\tif (session->stage == SESSION_CODE)\n", "\tif (false)\n", "rules"),
    # ---- of which authority, of which child
    (RIGHTS, "\t\tif (text_equal(scope->authorities[i], authority))\n\t\t\treturn true;\n\treturn false;",
     "\t\tif (text_equal(scope->authorities[i], authority))\n\t\t\treturn true;\n\treturn true;",
     "child"),
    (RIGHTS, "for (size_t i = 0; authority.length && i < scope->authority_count; i++)",
     "for (size_t i = 0; i < scope->authority_count; i++)", "rights"),
    (RIGHTS, "if (!rights_authority(&session->account.scope, child->authority))", "if (false)",
     "child"),
    (RIGHTS, "if (!rights_may(rights, session, permission) || row->about != ABOUT_CHILD)",
     "if (row->about != ABOUT_CHILD)", "child"),
    (RIGHTS, "if (!rights_may(rights, session, permission) || row->about != ABOUT_CHILD)",
     "if (!rights_may(rights, session, permission))", "rights"),
    (RIGHTS, "return child->allocated || child->named;", "return true;", "child"),
    (RIGHTS, "return child->allocated || child->of_team || child->named;", "return true;", "child"),
    (SITE, "if (!rights_allowed(child.answer))", "if (false)", "child"),
    (PEOPLE, 'where account = $1 and "until" is null and ($3 = 0 or child = $3)\nunion all',
     'where account = $1 and ($3 = 0 or child = $3)\nunion all', "child"),
    (PEOPLE, 'where $2 <> 0 and a.team = $2 and l."until" is null', "where $2 <> 0 and a.team = $2",
     "child"),
    (PEOPLE, 'where $2 <> 0 and a.team = $2 and l."until" is null', 'where l."until" is null',
     "child"),
    # ---- guarded records
    (RIGHTS, "\tif (child->guard == GUARD_SEALED && strcmp(permission, \"restricted.manage\") != 0)\n"
     "\t\treturn RIGHTS_SEALED;\n", "", "child"),
    (RIGHTS, "if (child->address_guarded && strcmp(permission, \"child.address\") == 0)",
     "if (false)", "rights"),
    (RIGHTS, "if (child->guard == GUARD_RESTRICTED && !passes_restriction(permission))",
     "if (false)", "child"),
    (RIGHTS, "return glass ? RIGHTS_BY_GLASS : RIGHTS_RESTRICTED;", "return RIGHTS_BY_GLASS;",
     "child"),
    (RIGHTS, "return glass ? RIGHTS_BY_GLASS : RIGHTS_NOT_THEIRS;", "return RIGHTS_BY_GLASS;",
     "child"),
    (RIGHTS, "glass = row->through_glass && glass_is_broken(child) &&",
     "glass = glass_is_broken(child) &&", "child"),
    (RIGHTS, "glass = row->through_glass && glass_is_broken(child) &&\n\t\trights_may(rights, "
     "session, \"breakglass.use\");", "glass = row->through_glass && glass_is_broken(child);",
     "rights"),
    (RIGHTS, "return child->glass_until > child->now;", "return child->glass_until != 0;", "rights"),
    (RIGHTS, "\tif (!rights_allowed(rights_child(rights, session, child, \"breakglass.use\")) ||\n"
     "\t\trights_allowed(rights_child(rights, session, child, permission)))\n\t\treturn false;\n", "",
     "rights"),
    (RIGHTS, "return rights_child(rights, session, &broken, permission) == RIGHTS_BY_GLASS;",
     "return true;", "rights"),
    (GLASS, "if (!rights_allowed(rights_child(rights, session, child, \"breakglass.use\")))",
     "if (false)", "guarding"),
    (GLASS, "\tif (minutes > GLASS_MINUTES_MOST)\n\t\tminutes = GLASS_MINUTES_MOST;\n", "",
     "guarding"),
    (GLASS, "if (!check_reason(actor->why, error) ||", "if (false ||", "guarding"),
    (GLASS, "if (!rights_may(rights, session, \"breakglass.review\"))", "if (false)", "guarding"),
    (GLASS, "\tif (!found.of_theirs)", "\tif (false)", "lists"),
    (GLASS, "if (found.account == session->account.id)", "if (false)", "guarding"),
    (GLASS, "if (found.reviewed)", "if (false)", "guarding"),
    (GLASS, "if (rights_authority(scope, store_text(cursor, 4))) {", "if (true) {", "lists"),
    (GUARDING, "\tif (!actor->account || is_named(before, actor->account))\n\t\treturn true;",
     "\treturn true;", "guarding"),
    (GUARDING, "if (is_named(after, actor->account) && (before->guard != GUARD_NONE || "
     "before->address))", "if (false)", "guarding"),
    (GUARDING, "if (after->guard < before->guard || (before->address && !after->address))",
     "if (before->address && !after->address)", "guarding"),
    (GUARDING, "if (after->guard < before->guard || (before->address && !after->address))",
     "if (after->guard < before->guard)", "guarding"),
    (GUARDING, "\tif (actor->why.length < REASON_FEWEST)", "\tif (false)", "rules"),
    (PAGES + "break_glass.c", "rights_glass_would_help(visit->rights, visit->session, out_facts, "
     "\"child.view\");", "true;", "lists"),
    (PAGES + "restricted_child.c", "!rights_authority(&accounts[i].scope, child->authority))",
     "false)", "rules"),
    # ---- what belongs to a child, and lists
    (CARE, "where h.assessment = $1 and h.child = $2;", "where h.assessment = $1 and $2 = $2;",
     "child"),
    (CARE, "from care_goal g join care_goal_version v on v.goal = g.goal\nwhere g.child = $1 and "
     "g.goal = $2", "from care_goal g join care_goal_version v on v.goal = g.goal\nwhere $1 = $1 and "
     "g.goal = $2", "child"),
    (PAGES + "children_list.c", "\tif (!may(list, &facts, \"child.list\"))\n\t\treturn true;\n", "",
     "rules"),
    (PAGES + "children_list.c", "named = may(list, &facts, \"child.identity\");", "named = true;",
     "child"),
    (PAGES + "child_page.c", "page->named = child_page_may(page, \"child.identity\");",
     "page->named = true;", "child"),
    (PAGES + "profile.c", ".name_count = identity ? 0 : 2}", ".name_count = 0}", "rules"),
    (PAGES + "allocation.c", "if (!rights_authority(&account->scope, page->child.authority))",
     "if (false)", "rules"),
    (PAGES + "allocation.c", "return reach != SCOPE_TEAM || ", "return true || ", "rules"),
    ("sql/queries/pages.sql", "(v.team is not null and v.team = $2)",
     "(v.team is not null and $2 = $2)", "rules"),
    ("src/people/saved_view.c", "if (!owner || owner != actor->account)", "if (!owner)", "lists"),
    # ---- accounts and the log of others
    (RIGHTS, "\tif (!rights_may(rights, session, permission))\n\t\treturn false;\n\town = ",
     "\town = ", "rights"),
    (RIGHTS, "\tif (other->every_authority || !other->authority_count)\n\t\treturn false;\n", "",
     "lists"),
    (RIGHTS, "\t\tif (!rights_authority(own, other->authorities[i]))\n\t\t\treturn false;\n",
     "\t\tif (!own)\n\t\t\treturn false;\n", "lists"),
    (PAGES + "accounts_form.c", "!rights_account(visit->rights, visit->session, &out_account->scope, "
     "\"user.manage\"))", "false)", "lists"),
    (PAGES + "accounts_form.c", "else if (!rights_account(visit->rights, visit->session, &scope, "
     "\"user.manage\"))", "else if (false)", "rules"),
    (ACCOUNT, "return others > 0 || error_set", "return true || error_set", "account"),
    (PAGES + "asking.c", "if (visit->now - visit->session->proved <= most)", "if (most >= 0)",
     "rules"),
    ("src/people/audit_list.c", "if (!scope || scope->every_authority)", "if (true)", "lists"),
    # ---- sessions and signing in
    (SESSION, "now >= seen + settings->session_idle_minutes * MINUTE ||", "", "session"),
    (SESSION, "||\n\t       now >= began + settings->session_hours * HOUR;", ";", "session"),
    (SIGN_IN, "usable = account->id && !account->disabled && account->password != PASSWORD_NONE;",
     "usable = account->id && account->password != PASSWORD_NONE;", "sign_in"),
    (SIGN_IN, "*out_right = usable && matches;", "*out_right = usable;", "sign_in"),
    (SIGN_IN, "age > trying->settings.first_password_days * DAY_SECONDS)", "age < 0)", "sign_in"),
    (PEOPLE, "delete from session where account = $1 and digest <> $2;",
     "delete from session where account = $1 and digest <> $2 and 1 = 0;", "session"),
    (FACTOR, "if (crypto_equal(code, text_of(right)) && step > last)",
     "if (crypto_equal(code, text_of(right)))", "factor"),
    (FACTOR, "if (crypto_equal(code, text_of(right)) && step > last)", "if (step > last)", "factor"),
    (THROTTLE, "if (guesses->count < THROTTLE_GUESSES)", "if (guesses)", "throttle"),
    (THROTTLE, "if (count < THROTTLE_ADDRESS_FREE)", "if (count >= 0)", "throttle"),
    (THROTTLE, "return crypto_equal((struct text){(const char *)mac, sizeof mac},\n\t\t(struct text)"
     "{(const char *)given, sizeof given});", "return crypto_equal((struct text){(const char *)mac, "
     "0},\n\t\t(struct text){(const char *)given, 0});", "throttle"),
    # ---- forgeries
    (EXCHANGE, "form_token_is_good(exchange->core->secret, request->session, time(NULL), token))",
     "true)", "forgeries"),
    (EXCHANGE, "*out_status = request->by_key ? 0 : guard_origin(request->message, "
     "request->origin);", "*out_status = 0;", "forgeries"),
    (EXCHANGE, "if (exchange->facts.length > 0 && !exchange_type_is(exchange, type))", "if (false)",
     "forgeries"),
    (SITE, "\t\trequest->session = TEXT(\"\");\n", "", "forgeries"),
    (GUARD, "if (sites == 1 && !text_is(site, \"same-origin\"))", "if (false)", "guard"),
    (GUARD, "if (origins == 1 && !text_equal(from, origin))", "if (false)", "guard"),
    (GUARD, "if (sites > 1 || origins > 1 || (sites == 0 && origins == 0))",
     "if (sites > 1 || origins > 1)", "guard"),
    (GUARD, "\t\tif (guard_count(message, overrides[i]) > 0)", "\t\tif (false)", "guard"),
    # ---- the log
    (AUDIT, "else if (!heads_agree(verifying, &entry))", "else if (false)", "log"),
    (AUDIT, "\tif (verifying.verdict.whole)\n\t\tverify_end(&verifying);\n", "", "log"),
    (AUDIT, "if (entry.numbers[CHAIN_SEQUENCE] != expected) {", "if (false) {", "log"),
    (AUDIT, "memcmp(hash.data, verifying->before, AUDIT_HASH_BYTES) != 0)", "false)", "log"),
    (SITE, "good = audit_queue_wait(&state->log, &one->wait, good ? error : NULL) && good;",
     "(void)!audit_queue_wait(&state->log, &one->wait, good ? error : NULL);", "log"),
    (PAGES + "child_page.c", "return visit_shown(page->visit, &page->child, fields, error) &&\n\t       "
     "page_write", "return page_write", "child"),
    (PAGES + "children_called.c", "\t\tif (list->rows[i].named)\n\t\t\tnamed[count++] = ",
     "\t\tif (false)\n\t\t\tnamed[count++] = ", "child"),
]
