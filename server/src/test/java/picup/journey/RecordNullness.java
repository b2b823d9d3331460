package picup.journey;

import com.fasterxml.jackson.databind.JavaType;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Says of each field of a record whether it is always there: the code is `@NullMarked`, so what is not `@Nullable` is.
final class RecordNullness implements ModelConverter {
    @Override
    public @Nullable Schema<?> resolve(AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
        Schema<?> schema = chain.hasNext() ? chain.next().resolve(type, context, chain) : null;
        JavaType javaType = Json31.mapper().constructType(type.getType());
        if (schema == null || javaType == null || !javaType.getRawClass().isRecord() || !javaType.getRawClass().getName().startsWith("picup.")) {
            return schema;
        }
        var model = context.getDefinedModels().getOrDefault(javaType.getRawClass().getSimpleName(), schema);
        if (model.getProperties() != null) {
            for (var component : javaType.getRawClass().getRecordComponents()) {
                describe(model, component);
            }
        }
        return schema;
    }

    private static void describe(Schema<?> model, RecordComponent component) {
        var property = model.getProperties().get(component.getName());
        if (property == null) {
            return;
        }
        if (component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
            orNull(property);
        } else if (model.getRequired() == null || !model.getRequired().contains(component.getName())) {
            model.addRequiredItem(component.getName());
        }
        if (component.getAnnotatedType() instanceof AnnotatedParameterizedType list
                && list.getAnnotatedActualTypeArguments()[0].isAnnotationPresent(Nullable.class)) {
            orNull(property.getItems());
        }
    }

    private static void orNull(Schema<?> schema) {
        if (schema.getTypes() != null) {
            Set<String> types = new LinkedHashSet<>(schema.getTypes());
            types.add("null");
            schema.setTypes(types);
        }
    }
}
