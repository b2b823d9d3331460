package picup.journey;

import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.BinarySchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.util.List;
import java.util.Set;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import picup.platform.MemberId;
import picup.platform.security.SignedIn;

/// What springdoc cannot read from the controllers. It is part of the build, not of the product.
@Configuration(proxyBeanMethods = false)
class InterfaceDescription {
    /// The operations that somebody without a session may call; everything else needs one.
    static final Set<String> PUBLIC = Set.of("POST /api/members", "POST /api/auth/sessions", "POST /api/auth/sessions/refresh",
            "POST /api/auth/sessions/passkey", "POST /api/auth/passkey-challenges", "POST /api/auth/access-tokens",
            "POST /api/auth/provider-sign-ins", "GET /api/auth/providers/{provider}/callback",
            "GET /api/instance", "GET /api/auth/keys", "GET /openapi.json", "GET /health/live", "GET /health/ready");

    private static final Set<String> CREATING = Set.of("POST /api/members", "POST /api/auth/sessions", "POST /api/auth/sessions/refresh",
            "POST /api/auth/sessions/passkey", "POST /api/members/me/passkeys",
            "POST /api/admin/invitations", "POST /api/auth/api-keys", "POST /api/auth/access-tokens", "POST /api/uploads",
            "POST /api/direct-uploads");

    private static final String ANY_TYPE = "*/*";

    static {
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(MemberId.class, SignedIn.class);
    }

    @Bean
    ModelConverter nullness() {
        return new RecordNullness();
    }

    @Bean
    OpenApiCustomizer picupInterface() {
        return description -> {
            description.info(new Info().title("Picup").version("1").description(
                    "Errors are problem details (RFC 9457) with a stable `code`. Lists are pages; `next` of one is the `cursor` of the following."));
            description.servers(null);
            description.getComponents()
                    .addSecuritySchemes("bearer", new SecurityScheme().type(SecurityScheme.Type.HTTP).scheme("bearer").bearerFormat("JWT"))
                    .addSecuritySchemes("cookie", new SecurityScheme().type(SecurityScheme.Type.APIKEY).in(SecurityScheme.In.COOKIE).name("picup_access"));
            upload(description);
            archive(description);
            description.getPaths().forEach((path, item) -> item.readOperationsMap().forEach((method, operation) ->
                    complete(operation, method + " " + path)));
        };
    }

    private static void upload(OpenAPI description) {
        var form = new ObjectSchema()
                .addProperty("file", new BinarySchema())
                .addProperty("takenAt", new StringSchema().description("Local time, with an offset where known; counts where the file itself does not say."))
                .addProperty("folder", new StringSchema().description("The folder of the file, relative; by it and the names, files that belong together are told."))
                .addProperty("source", new StringSchema().description("The device or import that it comes from; receipts are by it."))
                .addProperty("sha256", new StringSchema().description("Hexadecimal; what arrives must have it."))
                .required(List.of("file"));
        description.getPaths().get("/api/pictures").getPost().requestBody(new RequestBody().required(true)
                .content(new Content().addMediaType("multipart/form-data", new MediaType().schema(form))));
    }

    private static void archive(OpenAPI description) {
        description.getPaths().get("/api/archive").getGet().getResponses().get("200")
                .content(new Content().addMediaType("application/zip", new MediaType().schema(new BinarySchema())));
    }

    private static void complete(Operation operation, String name) {
        operation.tags(null).operationId(null);
        var responses = operation.getResponses();
        if (CREATING.contains(name)) {
            responses.addApiResponse("201", responses.remove("200"));
        } else if (name.equals("POST /api/pictures")) {
            responses.addApiResponse("201", responses.get("200"));
        }
        responses.values().forEach(InterfaceDescription::sayJson);
        if (operation.getParameters() != null) {
            operation.getParameters().removeIf(parameter -> !Set.of("path", "query").contains(parameter.getIn()));
        }
        if (!PUBLIC.contains(name)) {
            operation.security(List.of(new SecurityRequirement().addList("bearer"), new SecurityRequirement().addList("cookie")));
        }
        responses.addApiResponse("default", new ApiResponse().description("A problem")
                .content(new Content().addMediaType("application/problem+json", new MediaType().schema(new ObjectSchema()
                        .addProperty("code", new StringSchema()).addProperty("title", new StringSchema()).addProperty("detail", new StringSchema())))));
    }

    /// springdoc says `*/*` where a controller names no media type. That is right only for the bytes of pictures and videos,
    /// each of which has a type of its own.
    private static void sayJson(ApiResponse response) {
        var any = response.getContent() == null ? null : response.getContent().get(ANY_TYPE);
        if (any != null && !"binary".equals(any.getSchema().getFormat())) {
            response.setContent(new Content().addMediaType("application/json", any));
        }
    }
}
