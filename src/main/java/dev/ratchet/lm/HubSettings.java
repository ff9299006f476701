package dev.ratchet.lm;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Where models are fetched from and kept.
 *
 * @param endpoint the hub or a mirror of it, over HTTPS; plain HTTP only on this machine
 * @param token proves that the user may read a model; null for none
 * @param cache the folder that keeps what was fetched
 * @param offline whether to use only what is there
 * @param attempts how often a file is tried, each time from where the last broke off
 * @param patience how long to wait for a next byte
 */
public record HubSettings(URI endpoint, String token, Path cache, boolean offline, int attempts, Duration patience) {
    private static final Set<String> OWN_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    public HubSettings {
        if (!safe(endpoint)) {
            throw new IllegalArgumentException("The hub's address '" + endpoint + "' must begin with https://.");
        }
    }

    /**
     * As the environment says: {@code HF_ENDPOINT}, {@code HF_TOKEN}, {@code HF_HUB_OFFLINE},
     * {@code RATCHET_HUB_CACHE} (else {@code ratchet/hub} in {@code XDG_CACHE_HOME} or {@code ~/.cache}).
     */
    public static HubSettings of(Map<String, String> environment) {
        String endpoint = environment.getOrDefault("HF_ENDPOINT", "").strip();
        String token = environment.getOrDefault("HF_TOKEN", "").strip();
        String own = environment.getOrDefault("RATCHET_HUB_CACHE", "").strip();
        String caches = environment.getOrDefault("XDG_CACHE_HOME", "").strip();
        Path cache = !own.isEmpty() ? Path.of(own) : (!caches.isEmpty() ? Path.of(caches)
                : Path.of(System.getProperty("user.home"), ".cache")).resolve("ratchet").resolve("hub");
        return new HubSettings(URI.create((endpoint.isEmpty() ? "https://huggingface.co" : endpoint)
                .replaceAll("/+$", "")), token.isEmpty() ? null : token, cache,
                Set.of("1", "true", "yes", "on").contains(environment.getOrDefault("HF_HUB_OFFLINE", "").toLowerCase(
                        Locale.ROOT)), 5, Duration.ofSeconds(60));
    }

    /** Whether nobody on the way can read or change what an address gives. */
    static boolean safe(URI address) {
        return address.getHost() != null && ("https".equals(address.getScheme())
                || "http".equals(address.getScheme()) && OWN_MACHINE.contains(address.getHost()));
    }

    /** A record's own text would show the token. */
    @Override
    public String toString() {
        return "HubSettings[" + endpoint + ", " + cache + (offline ? ", offline" : "") + "]";
    }
}
