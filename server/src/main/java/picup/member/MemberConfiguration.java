package picup.member;

import java.time.InstantSource;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.crypto.password.PasswordEncoder;
import picup.platform.database.SchemaMigrations;
import picup.platform.security.EndedSessions;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({MemberSettings.class, SignInSettings.class, SignUpSettings.class, MailSettings.class})
class MemberConfiguration {
    @Bean
    SchemaMigrations memberSchema() {
        return new SchemaMigrations("member");
    }

    @Bean
    PasswordEncoder passwordEncoder() {
        return PasswordHashing.argon2id();
    }

    /// A sign-out must outlive a restart, though it is kept in memory.
    @Bean
    ApplicationRunner recallEndedSessions(Sessions sessions, EndedSessions endedSessions, InstantSource clock) {
        return _ -> sessions.endedAfter(clock.instant().minus(EndedSessions.REMEMBERED)).forEach(endedSessions::recall);
    }

    @Bean
    ApplicationRunner recallRevokedKeys(ApiKeys keys, EndedSessions endedSessions, InstantSource clock) {
        return _ -> keys.revokedAfter(clock.instant().minus(EndedSessions.REMEMBERED)).forEach(endedSessions::add);
    }
}
