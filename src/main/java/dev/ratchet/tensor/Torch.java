package dev.ratchet.tensor;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.util.Platform;
import com.sun.jna.Library;
import com.sun.jna.Native;
import java.util.Locale;
import org.slf4j.LoggerFactory;

/** Starts the PyTorch engine once per process, offline, without telemetry, and with its graph optimiser off. */
public final class Torch {
    private static final String SPIN = "ratchet.spin";
    /** About half a millisecond: longer than what lies between two products of a token. */
    private static final String SPINS = "30000";
    private static final double QUIET = 0.1;

    private Torch() {
    }

    /** The one function of the C library that is needed. */
    public interface CLibrary extends Library {
        int setenv(String name, String value, int overwrite);
    }

    /** The engine is process-wide by its nature; the class loader's lock makes its start happen once. */
    private static final class Started {
        static final Engine ENGINE = start();

        private static Engine start() {
            // Read by DJL when its classes load, so they must be set before the first call. An operator's own value
            // wins.
            preset("ai.djl.pytorch.graph_optimizer", "false");
            preset("OPT_OUT_TRACKING", "true");
            preset("ai.djl.offline", "true");
            requireNatives();
            waitPassively();
            Engine engine = Engine.getEngine("PyTorch");
            String threads = System.getProperty("ratchet.threads");
            if (threads != null) {
                JniUtils.setNumThreads(Integer.parseInt(threads));
            }
            return engine;
        }

        private static void preset(String name, String value) {
            if (System.getProperty(name) == null && System.getenv(name) == null) {
                System.setProperty(name, value);
            }
        }

        /**
         * Lets OpenMP's threads sleep instead of spin where they wait for each other. On a machine that others use too,
         * spinning made training three to twenty times slower. On a quiet one, writing token by token is half as fast
         * again where threads look out for work for a moment before they sleep: {@code ratchet.spin} says how often.
         * OpenMP reads its environment when it is loaded, and Java cannot change that of its own process, so the C
         * library is asked to; an operator's own value wins.
         */
        private static void waitPassively() {
            try {
                CLibrary library = Native.load("c", CLibrary.class);
                library.setenv("OMP_WAIT_POLICY", "PASSIVE", 0);
                String spins = System.getProperty(SPIN);
                if (spins != null) {
                    library.setenv("GOMP_SPINCOUNT", spins, 0);
                }
            } catch (LinkageError | IllegalArgumentException e) {
                LoggerFactory.getLogger(Torch.class).debug("OMP_WAIT_POLICY stays as it is.", e);
            }
        }

        private static void requireNatives() {
            if (System.getenv("PYTORCH_LIBRARY_PATH") != null || System.getProperty("PYTORCH_LIBRARY_PATH") != null) {
                return;
            }
            Platform platform = Platform.detectPlatform("pytorch");
            if (platform.isPlaceholder()) {
                throw new UnsupportedOperationException("No PyTorch libraries for " + System.getProperty("os.name")
                        + " on " + System.getProperty("os.arch")
                        + " are on the class path. Add ai.djl.pytorch:pytorch-native-cpu for this"
                        + " platform, or set PYTORCH_LIBRARY_PATH to the libraries of a PyTorch 2.7.1.");
            }
        }
    }

    /**
     * Starts the engine where it is not yet started.
     *
     * @throws UnsupportedOperationException on a platform without PyTorch libraries, saying how to bring them
     */
    public static void start() {
        require();
    }

    private static Engine require() {
        try {
            return Started.ENGINE;
        } catch (ExceptionInInitializerError e) {
            if (e.getCause() instanceof UnsupportedOperationException refusal) {
                throw refusal;
            }
            throw new UnsupportedOperationException("The PyTorch engine did not start: " + e.getCause().getMessage(),
                    e.getCause());
        }
    }

    /** A new owner of memory on the {@link #device}; who opens it closes it. */
    public static NDManager newManager() {
        return NDManager.newBaseManager(device());
    }

    /**
     * Where tensors lie and are computed: {@code ratchet.device}, {@code cpu}, {@code gpu} or {@code gpuN}; without it
     * the first GPU that the engine finds, else the CPU.
     */
    public static Device device() {
        Engine engine = require();
        String set = System.getProperty("ratchet.device", "auto").toLowerCase(Locale.ROOT);
        if (set.equals("auto")) {
            return engine.defaultDevice();
        }
        if (set.equals("cpu")) {
            return Device.cpu();
        }
        if (!set.matches("gpu\\d{0,3}")) {
            throw new IllegalArgumentException("ratchet.device is '" + set + "'; it must be auto, cpu, gpu or gpuN.");
        }
        int number = set.equals("gpu") ? 0 : Integer.parseInt(set.substring(3));
        if (number >= engine.getGpuCount()) {
            throw new IllegalArgumentException("ratchet.device is '" + set + "', but PyTorch finds "
                    + engine.getGpuCount()
                    + " GPUs here. PYTORCH_LIBRARY_PATH must name the libraries of a CUDA build.");
        }
        return Device.gpu(number);
    }

    /**
     * Lets threads look out for work for part of a millisecond before they sleep, where nearly nothing else runs on
     * this machine; to be called before anything else of the engine. Writing token by token is faster so. It is for
     * commands that end soon: where something else wants the processors later, spinning threads are far slower than
     * sleeping ones. {@code ratchet.spin} wins where it is set.
     *
     * @return whether they do
     */
    public static boolean watchWhereQuiet() {
        if (System.getProperty(SPIN) == null && Neighbours.share() < QUIET) {
            System.setProperty(SPIN, SPINS);
        }
        return System.getProperty(SPIN) != null;
    }

    /** Threads that one operation may use. */
    public static int threads() {
        require();
        return JniUtils.getNumThreads();
    }

    /** Sets how many threads one operation may use, for the whole process. */
    public static void threads(int count) {
        require();
        JniUtils.setNumThreads(count);
    }

    /** The engine's name and version, and the device, in words: for a manifest. */
    public static String describe() {
        Engine engine = require();
        return "PyTorch " + engine.getVersion() + " on " + device();
    }
}
