package picup.platform.audit;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/// Where the request of this thread came from, as coarsely as the log keeps it.
///
/// @param network as [#network(String)] writes it; null outside of a request
record Asker(@Nullable String network, @Nullable String userAgent) {
    private static final int MAX_USER_AGENT_CHARS = 200;
    private static final int IPV4_BYTES_KEPT = 3;
    private static final int IPV6_BYTES_KEPT = 6;

    static Asker ofThisThread() {
        if (!(RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes)) {
            return new Asker(null, null);
        }
        var request = attributes.getRequest();
        return new Asker(network(request.getRemoteAddr()), shortened(request.getHeader(HttpHeaders.USER_AGENT)));
    }

    /// `203.0.113.0/24` or `2001:db8:7::/48`: enough to tell home from abroad, and no single household.
    static @Nullable String network(String address) {
        try {
            var bytes = InetAddress.ofLiteral(address).getAddress();
            boolean v4 = InetAddress.getByAddress(bytes) instanceof Inet4Address;
            int kept = v4 ? IPV4_BYTES_KEPT : IPV6_BYTES_KEPT;
            Arrays.fill(bytes, kept, bytes.length, (byte) 0);
            return (v4 ? InetAddress.getByAddress(bytes).getHostAddress() : ipv6(bytes)) + "/" + kept * 8;
        } catch (IllegalArgumentException | UnknownHostException e) {
            return null; // a proxy that hides its clients behind a word of its own
        }
    }

    private static String ipv6(byte[] bytes) {
        return "%x:%x:%x::".formatted((bytes[0] & 0xff) << 8 | bytes[1] & 0xff, (bytes[2] & 0xff) << 8 | bytes[3] & 0xff,
                (bytes[4] & 0xff) << 8 | bytes[5] & 0xff);
    }

    /// PostgreSQL takes no NUL in text; a browser sends none.
    private static @Nullable String shortened(@Nullable String userAgent) {
        if (userAgent == null) {
            return null;
        }
        var clean = userAgent.replace("\0", "");
        return clean.substring(0, Math.min(clean.length(), MAX_USER_AGENT_CHARS));
    }
}
