package dev.ratchet.app;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** Says which build this is. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() throws IOException {
        try (InputStream file = Version.class.getResourceAsStream("/ratchet-version.properties")) {
            Properties properties = new Properties();
            properties.load(file);
            return new String[] {
                "ratchet " + properties.getProperty("version"), "Java " + Runtime.version()
            };
        }
    }
}
