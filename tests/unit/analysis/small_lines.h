/* SPDX-License-Identifier: MIT */
/* Seven children whose figures can be worked out by hand, as at 31 March 2023. */
#ifndef HEARTH_TESTS_SMALL_LINES_H
#define HEARTH_TESTS_SMALL_LINES_H

#include "base/text.h"

static const char small_lines[] =
	"child|C1|2010-01-01|male|White|yes|yes|no\n"
	"episode|2022-06-01||U6|PR1|County|2.5|2022-06-01|0|0\n"
	"assessment|2022-07-01|1 1 1 1 1 1 1 1 1 1 1 1 1\n"
	"cost|2022-06-01||50000|\n"
	"child|C2|2015-05-05|female|Mixed|no|no|no\n"
	"episode|2020-06-01||U6|PR4|Agency|25|2020-06-01|0|1\n"
	"assessment|2021-03-31|1 1 1 1 1 1 1 1 1 1 1 1 1\n"
	"assessment|2023-03-31|2 2 2 2 2 2 2 2 2 2 2 2 2\n"
	"cost|2020-06-01||100000|\n"
	"child|C3|2008-02-29|male|White|no|yes|yes\n"
	"episode|2018-01-01||K2|PR4|Homes Ltd||2018-01-01|0|2\n"
	"assessment|2022-01-01|7 3 3 3 3 3 3 3 3 3 3 3 3\n"
	"cost|2022-01-01||500000|\n"
	"sdq|2023|17\n"
	"child|C4|2007-01-01|female|Black|no|no|no\n"
	"episode|2023-01-01||K2|PR1|County|20|2023-01-01|0|3\n"
	"assessment|2023-02-01|3 3 3 3 3 3 3 3 3 3 3 3 3\n"
	"cost|2023-01-01||300000|\n"
	"sdq|2023|5\n"
	"child|C5|2006-01-01|male|White|no|no|no\n"
	"episode|2022-01-01||K2|PR4|Homes Ltd||2022-01-01|0|4\n"
	"cost|2022-01-01||600000|\n"
	"child|C6|2020-01-01|male|Asian|no|no|no\n"
	"episode|2021-01-01||U6|PR1|County||2021-01-01|0|5\n"
	"assessment|2021-06-01|0 0 0 0 0 0 0 0 0 0 0 0 0\n"
	"child|C7||||||\n"
	"episode|2022-01-01||||||2022-01-01|0|6\n"
	"enquiry|enquiry|continued||2022-01-01|2022-01-11\n"
	"enquiry|enquiry|withdrew|moved house|2022-01-01|2022-01-31\n"
	"enquiry|enquiry||||\n"
	"enquiry|enquiry||never entered|2023-04-01|\n"
	"enquiry|initial_visit|withdrew||2022-02-01|2022-03-01\n"
	"enquiry|initial_visit|withdrew|moved house|2022-02-01|2023-04-01\n"
	"enquiry|approved|approved||2022-02-01|\n";

#endif
