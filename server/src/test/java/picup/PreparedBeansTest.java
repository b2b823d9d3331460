package picup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AnnotationTypeFilter;

class PreparedBeansTest {
    @TempDir
    Path folder;

    @Test
    void aPicupWithoutConfigurationUsesThem() {
        assertThat(fit(Set.of("PATH", "PICUP_DATA", "PICUP_PUBLIC_URL", "PICUP_OIDC_VILLAGE_ISSUER", "PICUP_REDIS_URL"), "--server.port=1", "--picup.data=x")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PICUP_ROLES", "PICUP_ROLES_0", "picup_metrics_port", "PICUP_MAIL_HOST", "PICUP_EVENTS_BROKER", "SPRING_CONFIG_IMPORT", "SPRING_PROFILES_ACTIVE"})
    void aVariableThatDecidesAboutBeansMakesTheStartLook(String variable) {
        assertThat(fit(Set.of(variable))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--picup.roles=member", "--picup.roles[0]=member", "--spring.config.location=x", "--debug"})
    void soDoesAnArgument(String argument) {
        assertThat(fit(Set.of(), argument)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"application.yaml", "config/application.properties"})
    void soDoesAFileOfConfiguration(String name) throws Exception {
        Files.createDirectories(folder.resolve(name).getParent());
        Files.createFile(folder.resolve(name));
        assertThat(fit(Set.of())).isFalse();
    }

    @Test
    void everySettingThatDecidesAboutBeansIsKnown() throws Exception {
        var scan = new ClassPathScanningCandidateComponentProvider(false);
        scan.addIncludeFilter(new AnnotationTypeFilter(ConditionalOnProperty.class));
        var deciding = new TreeSet<String>();
        for (var found : scan.findCandidateComponents("picup")) {
            var condition = Class.forName(found.getBeanClassName()).getAnnotation(ConditionalOnProperty.class);
            deciding.addAll(Arrays.asList(condition.value()));
            deciding.addAll(Arrays.asList(condition.name()));
        }
        assertThat(deciding).isNotEmpty().isSubsetOf(PreparedBeans.DECIDING);
    }

    private boolean fit(Set<String> environment, String... arguments) {
        return PreparedBeans.fit(environment, Set.of("java.home"), arguments, folder);
    }
}
