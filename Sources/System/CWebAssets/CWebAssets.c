#include "CWebAssets.h"

static const unsigned char css[] = {
#embed "assets/app.css"
};

static const unsigned char js[] = {
#embed "assets/app.js"
};

static const unsigned char favicon[] = {
#embed "assets/favicon.svg"
};

cwebassets_file cwebassets_css(void) { return (cwebassets_file){css, sizeof css}; }
cwebassets_file cwebassets_js(void) { return (cwebassets_file){js, sizeof js}; }
cwebassets_file cwebassets_favicon(void) { return (cwebassets_file){favicon, sizeof favicon}; }
