#include "export/licence.h"

static const struct {
    const char *title;
    const char *url;
} licences[] = {
    [LICENCE_ETALAB] = {"Licence Ouverte 2.0",
                        "https://www.etalab.gouv.fr/licence-ouverte-open-licence/"},
    [LICENCE_CC_BY] = {"Creative Commons BY 4.0",
                       "https://creativecommons.org/licenses/by/4.0/"},
    [LICENCE_CC_BY_SA] = {"Creative Commons BY-SA 4.0",
                          "https://creativecommons.org/licenses/by-sa/4.0/"},
    [LICENCE_CC0] = {"Creative Commons CC0 1.0",
                     "https://creativecommons.org/publicdomain/zero/1.0/"},
    [LICENCE_ODBL] = {"Open Database License 1.0",
                      "https://opendatacommons.org/licenses/odbl/1-0/"},
};

const char *licence_title(enum licence licence)
{
    return licences[licence].title;
}

const char *licence_url(enum licence licence)
{
    return licences[licence].url;
}
