package picup.platform.web;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.resource.EncodedResourceResolver;
import org.springframework.web.servlet.resource.PathResourceResolver;
import picup.platform.InRole;
import picup.platform.Role;

/// Serves the web app that was built into this artifact, compressed beforehand. Every address that is no file and no
/// part of the interface is a screen of the app, which finds its own way from `index.html`.
///
/// Without Spring's cache of what was found: it has no limit, and every invented address would be an entry of its own.
@Configuration(proxyBeanMethods = false)
@InRole(Role.STORAGE)
class WebApp implements WebMvcConfigurer {
    private static final String FOLDER = "classpath:/static/";
    private static final CacheControl HASHED = CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable();
    private static final CacheControl CHANGING = CacheControl.noCache();

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        registry.addResourceHandler("/assets/**").addResourceLocations(FOLDER + "assets/").setCacheControl(HASHED)
                .resourceChain(false).addResolver(new BestCoding()).addResolver(new EncodedResourceResolver()).addResolver(new PathResourceResolver());
        registry.addResourceHandler("/**").addResourceLocations(FOLDER).setCacheControl(CHANGING)
                .resourceChain(false).addResolver(new BestCoding()).addResolver(new EncodedResourceResolver()).addResolver(new Screens());
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new FirstQuestions()).excludePathPatterns("/api/**", "/health/**", "/assets/**");
    }

    private static final class Screens extends PathResourceResolver {
        @Override
        protected @Nullable Resource getResource(String path, Resource folder) throws IOException {
            var file = super.getResource(path.isEmpty() ? "index.html" : path, folder);
            if (file != null || path.startsWith("api/") || path.equals("api") || path.startsWith("health/") || lastPart(path).contains(".")) {
                return file;
            }
            return super.getResource("index.html", folder);
        }

        private static String lastPart(String path) {
            return path.substring(path.lastIndexOf('/') + 1);
        }
    }
}
