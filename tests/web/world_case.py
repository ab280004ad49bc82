# SPDX-License-Identifier: MIT
"""Test cases on the record of rights_record.py, served to each class of tests of its own."""
import unittest

from http_server import SERVER
from rights_world import PASSWORD, World
from site_client import Browser, Site


class WithWorld(unittest.TestCase):
    options = ()

    @classmethod
    def setUpClass(cls):
        cls.world = World(SERVER)
        cls.record, cls.site = cls.world.record, cls.world.site

    @classmethod
    def tearDownClass(cls):
        cls.world.close()

    def restart(self, options=()):
        """The program again, on the same record: it has forgotten who guessed."""
        self.world.site.stop()
        self.world.site = type(self).site = Site(SERVER, self.world.folder, self.world.place,
                                                 options=options)
        self.world.browsers = {}

    def signed_in(self, login, browser=None):
        browser = browser or Browser(self.site)
        answer = browser.sign_in(login, PASSWORD)
        self.assertEqual(answer.status, 303, answer.text[:400])
        self.assertIn("session", browser.cookies)
        return browser

    def is_in(self, cookies):
        answer = Browser(self.site, cookies).get("/account")
        return answer.status == 200
