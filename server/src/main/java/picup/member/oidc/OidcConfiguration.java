package picup.member.oidc;

import java.util.Map;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.UnboundElementsSourceFilter;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

@Configuration(proxyBeanMethods = false)
class OidcConfiguration {
    private static final String PREFIX = "picup.oidc";

    /// Bound by hand, because a map at the root of its prefix is nothing that a record can be. Unknown keys are refused as elsewhere.
    @Bean
    Providers oidcProviders(Environment environment) {
        var strictly = new NoUnboundElementsBindHandler(BindHandler.DEFAULT, new UnboundElementsSourceFilter());
        return new Providers(Binder.get(environment).bind(PREFIX, Bindable.mapOf(String.class, ProviderSettings.class), strictly).orElse(Map.of()));
    }
}
