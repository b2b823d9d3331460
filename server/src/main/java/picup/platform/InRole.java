package picup.platform;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.context.annotation.Conditional;

/// Says where something runs: it is there only in a process that has one of these roles. On a package (in its
/// `package-info.java`) for all that is in it and below, see [OtherRoles]; on a type or a bean method to narrow that down.
/// What says nothing is there in every process.
@Documented
@Conditional(HasRole.class)
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.PACKAGE, ElementType.TYPE, ElementType.METHOD})
public @interface InRole {
    Role[] value();
}
