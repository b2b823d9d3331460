package picup.platform.security;

import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import picup.platform.MemberId;
import picup.platform.Problem;

/// Gives a controller the member who acts: a parameter of type [MemberId], or [SignedIn] where the session matters.
class ActingMember implements HandlerMethodArgumentResolver {
    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == MemberId.class || parameter.getParameterType() == SignedIn.class;
    }

    @Override
    public Object resolveArgument(MethodParameter parameter, @Nullable ModelAndViewContainer container,
            NativeWebRequest request, @Nullable WebDataBinderFactory binders) {
        var authentication = SecurityContextHolder.getContext().getAuthentication();
        if (!(authentication instanceof SignedInAuthentication acting)) {
            throw Problem.NOT_SIGNED_IN.because("This needs a session");
        }
        var signedIn = acting.getPrincipal();
        return parameter.getParameterType() == MemberId.class ? signedIn.member() : signedIn;
    }
}
