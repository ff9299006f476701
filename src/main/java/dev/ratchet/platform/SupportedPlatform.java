package dev.ratchet.platform;

import io.zonky.test.db.postgres.util.LinuxUtils;
import java.util.Locale;

/** Which machines the bundled native programs run on. */
final class SupportedPlatform {

    private SupportedPlatform() {}

    /**
     * Refuses a machine for which this build carries no PostgreSQL.
     *
     * @throws StartFailure when there is none, or when it would refuse to run as root
     */
    static void requireForDatabase() {
        String system = system(System.getProperty("os.name"));
        String architecture = architecture(System.getProperty("os.arch"));
        if (SupportedPlatform.class.getResource("/postgres-" + system + "-" + architecture + ".txz") == null) {
            throw new StartFailure("This build carries no PostgreSQL for " + system + " on " + architecture
                    + ": use Linux on x86_64 or aarch64, or an external PostgreSQL (QUARKUS_DATASOURCE_JDBC_URL).");
        }
        boolean root = "root".equals(System.getProperty("user.name"));
        if (system.equals("linux") && root && !LinuxUtils.isUnshareAvailable()) {
            throw new StartFailure("PostgreSQL refuses to run as root, and this container allows no user namespace"
                    + " (unshare): start as another user, or use an external PostgreSQL"
                    + " (QUARKUS_DATASOURCE_JDBC_URL).");
        }
    }

    private static String system(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.startsWith("linux") ? "linux" : lower.startsWith("mac") ? "darwin" : lower.replace(' ', '-');
    }

    private static String architecture(String name) {
        return switch (name) {
            case "amd64", "x86_64" -> "x86_64";
            case "aarch64", "arm64" -> "arm_64";
            default -> name;
        };
    }
}
