package picup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.type.filter.AnnotationTypeFilter;

/// `docs/configuration.md` lists every setting there is, and none that there isn't. A setting that is added fails here with the
/// line that is missing.
class ConfigurationTest {
    private static final Path DOCUMENT = Path.of("../docs/configuration.md");
    private static final Pattern LINE = Pattern.compile("\\| `(picup\\.[^`]+)` \\| (.*) \\| ([^|]*\\S) \\|");

    /// @param rest of the line but the meaning: variable, default, kind of value
    private record Setting(String name, String rest, String meaning) {
        String line() {
            return "| `%s` | %s | %s |".formatted(name, rest, meaning);
        }
    }

    @Test
    void everySettingIsDocumented() throws Exception {
        var documented = documented();
        var missing = settings().values().stream()
                .filter(setting -> !documented.containsKey(setting.name) || !documented.get(setting.name).rest.equals(setting.rest))
                .map(Setting::line).toList();
        assertThat(missing).as("these lines are missing or differ in %s; put them into their table:\n%s\n", DOCUMENT, String.join("\n", missing)).isEmpty();
    }

    @Test
    void everyDocumentedSettingExists() throws Exception {
        var settings = settings();
        var gone = documented().values().stream().filter(line -> !settings.containsKey(line.name)).map(Setting::line).toList();
        assertThat(gone).as("%s has lines of settings that do not exist; take them out:\n%s\n", DOCUMENT, String.join("\n", gone)).isEmpty();
    }

    @Test
    void everyVariableIsHeard() throws Exception {
        for (var setting : documented().values()) {
            var variable = setting.rest.substring(1, setting.rest.indexOf('`', 1));
            var environment = new SystemEnvironmentPropertySource("systemEnvironment", Map.of(variable, "heard"));
            var binder = new Binder(ConfigurationPropertySources.from(environment));
            if (!variable.contains("<")) {
                assertThat(binder.bind(setting.name, String.class).orElse("not heard")).as(variable).isEqualTo("heard");
            }
        }
    }

    private static Map<String, Setting> documented() throws IOException {
        var lines = new TreeMap<String, Setting>();
        for (var line : Files.readAllLines(DOCUMENT)) {
            var found = LINE.matcher(line);
            if (found.matches()) {
                lines.put(found.group(1), new Setting(found.group(1), found.group(2), found.group(3)));
            }
        }
        assertThat(lines).hasSizeGreaterThan(15);
        return lines;
    }

    private static Map<String, Setting> settings() throws Exception {
        var scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AnnotationTypeFilter(ConfigurationProperties.class));
        var settings = new TreeMap<String, Setting>();
        for (var found : scanner.findCandidateComponents("picup")) {
            var type = Class.forName(found.getBeanClassName());
            assertThat(type.isRecord()).as(type + " must be a record").isTrue();
            collect(type.getAnnotation(ConfigurationProperties.class).prefix(), type, settings);
        }
        return settings;
    }

    private static void collect(String prefix, Class<?> type, Map<String, Setting> into) throws IOException, NoSuchMethodException {
        for (int i = 0; i < type.getRecordComponents().length; i++) {
            var component = type.getRecordComponents()[i];
            var name = prefix + "." + DataObjectPropertyName.toDashedForm(component.getName());
            var value = component.getGenericType();
            if (component.getType().isRecord()) {
                collect(name, component.getType(), into);
            } else if (argument(value) instanceof Class<?> each && each.isRecord()) {
                collect(name + (component.getType() == Map.class ? ".<name>" : ".<number>"), each, into);
            } else {
                var rest = "`%s` | %s | %s".formatted(variable(name), fallback(type, i), kind(component.getType(), value));
                into.put(name, new Setting(name, rest, meaning(type, component.getName())));
            }
        }
    }

    /// Of a list the type of its elements, of a map that of its values.
    private static Type argument(Type type) {
        return type instanceof ParameterizedType generic ? generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1] : type;
    }

    private static String variable(String name) {
        return name.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
    }

    /// The annotation sits at the canonical constructor's parameter.
    private static String fallback(Class<?> type, int index) throws NoSuchMethodException {
        var types = Arrays.stream(type.getRecordComponents()).map(RecordComponent::getType).toArray(Class<?>[]::new);
        var annotation = type.getDeclaredConstructor(types).getParameters()[index].getAnnotation(DefaultValue.class);
        return annotation == null || annotation.value().length == 0 ? "" : "`" + String.join(",", annotation.value()) + "`";
    }

    private static String kind(Class<?> type, Type generic) {
        if (Collection.class.isAssignableFrom(type)) {
            return "list of " + kind((Class<?>) argument(generic), argument(generic));
        }
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants()).map(each -> "`" + each.toString().toLowerCase(Locale.ROOT).replace('_', '-') + "`")
                    .reduce((one, other) -> one + ", " + other).orElseThrow();
        }
        return switch (type.getSimpleName()) {
            case "int", "long", "double", "Integer", "Long" -> "number";
            case "boolean", "Boolean" -> "`true` or `false`";
            case "Path" -> "path";
            case "Duration" -> "duration";
            case "DataSize" -> "size";
            case "URI" -> "address";
            default -> "text";
        };
    }

    /// As the record's own documentation says it.
    private static String meaning(Class<?> type, String name) throws IOException {
        var lines = new ArrayList<String>();
        for (var line : Files.readAllLines(Path.of("src/main/java", type.getName().replaceAll("\\$.*", "").replace('.', '/') + ".java"))) {
            boolean continues = line.strip().matches("/// {3,}\\S.*");
            if (line.strip().matches("/// @param " + name + "\\s.*")) {
                lines.add(line.replaceFirst(".*@param " + name, "").strip());
            } else if (!lines.isEmpty() && continues) {
                lines.add(line.strip().substring(3).strip());
            } else if (!lines.isEmpty()) {
                break;
            }
        }
        return lines.isEmpty() ? "say here what it means" : String.join(" ", lines).replaceAll("\\[(#?[\\w.]+)]", "$1");
    }
}
