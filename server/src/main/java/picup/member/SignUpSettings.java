package picup.member;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// @param signUp `PICUP_SIGN_UP`. Not open unless somebody says so: a server at home is soon reachable from everywhere
@ConfigurationProperties(prefix = "picup", ignoreUnknownFields = true)
record SignUpSettings(@DefaultValue("invitation") SignUpMode signUp) {}
