// What every page carries: the look, htmx, and the small modules, each of which minds its own data attributes.
import "./styles/main.scss";

import "./modules/requests";
import "./modules/busy";
import "./modules/menu";
import "./modules/theme";
import "./modules/keys";
import "./modules/dialog";
import "./modules/combobox";
import "./modules/sheet";
import "./modules/save";
import "./modules/selection";
import "./modules/upload";
import "./modules/toast";
import "./modules/ago";
import "./modules/copy";
import "./modules/filters";
import "./modules/place";
import "./modules/questions";
import "./modules/scroll";
import "./modules/narrow";
import "./modules/focus";
import "./modules/passkey";
