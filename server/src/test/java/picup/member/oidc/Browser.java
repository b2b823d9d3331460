package picup.member.oidc;

import java.io.IOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import picup.member.RunningPicup.Answer;
import tools.jackson.databind.json.JsonMapper;

/// Keeps cookies, and goes nowhere by itself.
final class Browser {
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http = HttpClient.newBuilder().cookieHandler(new CookieManager(null, CookiePolicy.ACCEPT_ALL))
            .followRedirects(HttpClient.Redirect.NEVER).build();

    Answer get(String address) {
        return send(HttpRequest.newBuilder(URI.create(address)).header("Accept", "application/json, text/html"));
    }

    Answer post(String address, Object body) {
        return send(HttpRequest.newBuilder(URI.create(address)).header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(JSON.writeValueAsString(body))));
    }

    Answer delete(String address) {
        return send(HttpRequest.newBuilder(URI.create(address)).DELETE());
    }

    Answer put(String address, Object body) {
        return send(HttpRequest.newBuilder(URI.create(address)).header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(JSON.writeValueAsString(body))));
    }

    Answer delete(String address, Object body) {
        return send(HttpRequest.newBuilder(URI.create(address)).header("Content-Type", "application/json")
                .method("DELETE", BodyPublishers.ofString(JSON.writeValueAsString(body))));
    }

    Answer submit(String address, Map<String, String> form) {
        var body = new StringBuilder();
        form.forEach((name, value) -> body.append(name).append('=').append(URLEncoder.encode(value, StandardCharsets.UTF_8)).append('&'));
        return send(HttpRequest.newBuilder(URI.create(address)).header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body.toString())));
    }

    private Answer send(HttpRequest.Builder request) {
        try {
            return new Answer(http.send(request.build(), BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
