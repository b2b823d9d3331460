package picup.platform.web;

import java.util.Map;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.HttpRequestHandler;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;
import picup.platform.Problem;

/// Under `/api` there is nothing but endpoints: what none of this process's controllers answers is not found, with any
/// method. (The web app, which otherwise takes every address, would say 405 to a POST.)
@Configuration(proxyBeanMethods = false)
class UnknownEndpoints {
    private static final int AFTER_CONTROLLERS = 100;

    @Bean
    SimpleUrlHandlerMapping unknownEndpointMapping(@Qualifier("handlerExceptionResolver") HandlerExceptionResolver advice) {
        HttpRequestHandler nothing = (request, response) -> advice.resolveException(request, response, null,
                Problem.NOT_FOUND.because("There is no such endpoint in this process."));
        return new SimpleUrlHandlerMapping(Map.of("/api", nothing, "/api/**", nothing), AFTER_CONTROLLERS);
    }
}
