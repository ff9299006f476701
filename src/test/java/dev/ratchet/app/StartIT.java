package dev.ratchet.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starting, stopping, being killed and starting again, with the built jar and its real servers. */
class StartIT {
    @TempDir
    Path folder;

    @Test
    void dataOutlivesAKillAndASecondStartSaysPlainlyWhatIsInUse() throws Exception {
        String password;
        try (RatchetProcess first = RatchetProcess.start(folder, "--port", "0", "--data", "data").awaitReady()) {
            password = first.printedPassword();
            assertThat(first.signIn("admin", password)).isEqualTo("/");

            RatchetProcess sameFolder = RatchetProcess.start(folder, "serve", "--port", "0", "--data", "data");
            assertThat(sameFolder.exitCode()).isEqualTo(1);
            assertThat(sameFolder.output())
                    .startsWith("ratchet: The data folder ")
                    .contains("is in use by the process ")
                    .hasLineCount(1);

            RatchetProcess samePort =
                    RatchetProcess.start(folder, "demo", "--port", String.valueOf(first.port()), "--data", "other");
            assertThat(samePort.exitCode()).isEqualTo(1);
            assertThat(samePort.output())
                    .startsWith("ratchet: The port " + first.port() + " is in use")
                    .hasLineCount(1);

            first.kill();
        }
        assertThat(postmaster()).as("the kill leaves PostgreSQL running").exists();
        try (RatchetProcess second = RatchetProcess.start(folder, "--port", "0", "--data", "data").awaitReady()) {
            assertThat(second.output())
                    .contains("Stopped 1 process that an earlier start had left")
                    .doesNotContain("with the password");
            assertThat(second.signIn("admin", password)).isEqualTo("/");
            second.stop();
        }
        assertThat(postmaster()).as("an orderly stop ends PostgreSQL").doesNotExist();
        assertThat(Files.getPosixFilePermissions(folder.resolve("data/secrets/session.key")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void theBrokerRunsAlone() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        try (RatchetProcess broker =
                RatchetProcess.start(folder, "broker", "--data", "stream", "--port", String.valueOf(port))) {
            await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> broker.output().contains("Broker ready: localhost:" + port));
        }
    }

    @Test
    void aWrongCommandLineIsOneLineAndEndsWith2() {
        for (String[] wrong : new String[][] {{"frobnicate"}, {"--frobnicate"}, {"demo", "--seed", "one"}}) {
            RatchetProcess refused = RatchetProcess.start(folder, wrong);
            assertThat(refused.exitCode()).isEqualTo(2);
            assertThat(refused.output()).startsWith("ratchet: ").hasLineCount(1);
        }
        for (String[] impossible : new String[][] {{"--port", "99999"}, {"--port", "0", "--admin-password", "short"}}) {
            RatchetProcess refused = RatchetProcess.start(folder, impossible);
            assertThat(refused.exitCode()).isEqualTo(1);
            assertThat(refused.output()).startsWith("ratchet: The ").hasLineCount(1);
        }
    }

    private Path postmaster() {
        return folder.resolve("data/postgres/postmaster.pid");
    }
}
