package dev.ratchet.lm;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One file of a snapshot: fetched into a part beside it, continued where it broke off, checked, then renamed.
 *
 * <p>A part belongs to the content that the hub named when it was begun; another content starts it anew.
 */
final class HubDownload {
    private static final int CHUNK = 1 << 18;

    private final HubConnection hub;
    private final HubSettings settings;
    private final HubListener listener;
    private final String label;
    private final String path;
    private final Path target;
    private final Path part;
    private final Path identity;

    /**
     * @param label what the user is told that this is
     * @param path below the hub's address
     */
    HubDownload(HubConnection hub, HubSettings settings, HubListener listener, String label, String path,
            Path target) {
        this.hub = hub;
        this.settings = settings;
        this.listener = listener;
        this.label = label;
        this.path = path;
        this.target = target;
        this.part = target.resolveSibling(target.getFileName() + ".part");
        this.identity = target.resolveSibling(target.getFileName() + ".part.etag");
    }

    /** Fetches the file unless it is there. */
    void fetch() throws IOException {
        if (Files.exists(target)) {
            return;
        }
        IOException last = null;
        for (int attempt = 0; attempt < settings.attempts(); attempt++) {
            if (attempt > 0) {
                pause(attempt);
            }
            try {
                boolean resumed = begun() > 0;
                HubConnection.Answer answer = open();
                receive(answer);
                if (finished(answer, resumed)) {
                    return;
                }
            } catch (HubException e) {
                throw e;
            } catch (IOException e) {
                last = e;
            }
        }
        throw new IOException(label + " could not be fetched in " + settings.attempts() + " attempts"
                + (last == null ? "" : ": " + last.getMessage()) + ". What is there is kept; try again to go on.",
                last);
    }

    private long begun() throws IOException {
        return Files.exists(part) ? Files.size(part) : 0;
    }

    private HubConnection.Answer open() throws IOException {
        HubConnection.Answer answer = hub.get(path, begun());
        String known = Files.exists(identity) ? Files.readString(identity) : null;
        boolean refused = answer.status() == 416;
        boolean other = begun() > 0 && (answer.etag() == null || !answer.etag().equals(known));
        if (refused && begun() == answer.size() && !other) {
            answer.response().body().close();
            return answer;
        }
        if (refused || other) {
            answer.response().body().close();
            discard();
            answer = hub.get(path, 0);
        }
        HubException.check(answer, label);
        if (answer.status() == 206
                && !String.valueOf(answer.header("Content-Range")).startsWith("bytes " + begun() + "-")) {
            answer.response().body().close();
            discard();
            throw new IOException("the hub sent another part than was asked for");
        }
        if (answer.etag() != null) {
            Files.writeString(identity, answer.etag());
        }
        return answer;
    }

    private void receive(HubConnection.Answer answer) throws IOException {
        if (answer.status() == 416) {
            return;
        }
        long done = answer.status() == 206 ? begun() : 0;
        if (answer.size() >= 0 && answer.size() - done > Files.getFileStore(target.getParent()).getUsableSpace()) {
            answer.response().body().close();
            throw new HubException(label + " needs " + (answer.size() - done >> 20) + " MiB, but only "
                    + (Files.getFileStore(target.getParent()).getUsableSpace() >> 20) + " MiB are free in "
                    + target.getParent() + ".");
        }
        AtomicLong heard = new AtomicLong(System.nanoTime());
        ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(HubDownload::daemon);
        try (InputStream in = answer.response().body(); FileChannel out = FileChannel.open(part,
                StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            long period = Math.max(1, settings.patience().toMillis() / 4);
            watch.scheduleWithFixedDelay(() -> closeIfSilent(in, heard), period, period, TimeUnit.MILLISECONDS);
            out.truncate(done).position(done);
            byte[] chunk = new byte[CHUNK];
            for (int count = read(in, chunk, done, answer); count >= 0; count = read(in, chunk, done, answer)) {
                heard.set(System.nanoTime());
                ByteBuffer bytes = ByteBuffer.wrap(chunk, 0, count);
                while (bytes.hasRemaining()) {
                    out.write(bytes);
                }
                done += count;
                if (answer.size() >= 0 && done > answer.size()) {
                    throw new IOException("the hub sent more than the " + answer.size() + " bytes it announced");
                }
                listener.fetched(target.getFileName().toString(), done, answer.size());
            }
            out.force(true);
        } finally {
            watch.shutdownNow();
        }
        if (answer.size() >= 0 && done < answer.size()) {
            throw brokenOff(done, answer, null);
        }
    }

    private static int read(InputStream in, byte[] chunk, long done, HubConnection.Answer answer) throws IOException {
        try {
            return in.read(chunk);
        } catch (IOException e) {
            throw brokenOff(done, answer, e);
        }
    }

    private static IOException brokenOff(long done, HubConnection.Answer answer, IOException cause) {
        return new IOException("the connection broke off after " + done + " of "
                + (answer.size() < 0 ? "an unknown number of" : answer.size()) + " bytes", cause);
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "hub-watch");
        thread.setDaemon(true);
        return thread;
    }

    /** A read that never returns is ended by closing its stream. */
    private void closeIfSilent(InputStream in, AtomicLong heard) {
        if (System.nanoTime() - heard.get() > settings.patience().toNanos()) {
            try {
                in.close();
            } catch (IOException e) {
                // The reader hears of it by its own read.
                heard.set(System.nanoTime());
            }
        }
    }

    /** Whether the part is what the hub named; a wrong one that was pieced together is fetched once more. */
    private boolean finished(HubConnection.Answer answer, boolean resumed) throws IOException {
        if (!HubChecksum.matches(part, answer.etag())) {
            discard();
            if (resumed) {
                return false;
            }
            throw new HubException(label + " does not have the checksum " + answer.etag()
                    + " that the hub names: it was changed on the way, or the mirror is wrong. It was deleted.");
        }
        if (!HubChecksum.named(answer.etag())) {
            listener.unverified(target.getFileName().toString());
        }
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        Files.deleteIfExists(identity);
        return true;
    }

    private void discard() throws IOException {
        Files.deleteIfExists(part);
        Files.deleteIfExists(identity);
    }

    private void pause(int attempt) throws IOException {
        try {
            Thread.sleep(Math.min(8000, settings.patience().toMillis() / 60 << attempt - 1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HubException("Fetching " + label + " was interrupted.");
        }
    }
}
