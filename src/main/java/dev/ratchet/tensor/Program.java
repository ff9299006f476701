package dev.ratchet.tensor;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A TorchScript program kept as text in {@code src/main/torchscript} and called by method.
 *
 * <p>The text is packed at load into the archive that {@code torch.jit.save} writes: an empty object, its code and a
 * version. A program has no state of its own: weights come in as arguments.
 */
public final class Program implements AutoCloseable {
    private static final Pattern CLASS = Pattern.compile("(?m)^class (\\w+)\\(Module\\):");

    private final Model model;
    private final PtSymbolBlock block;

    private Program(Model model) {
        this.model = model;
        this.block = (PtSymbolBlock) model.getBlock();
    }

    /**
     * Loads {@code /torchscript/NAME.py} from the class path.
     *
     * @param parts further files of methods, which continue the class that the first one opens
     */
    public static Program load(String name, String... parts) {
        StringBuilder code = new StringBuilder(text(name));
        for (String part : parts) {
            code.append('\n').append(text(part));
        }
        return ofText(name, code.toString());
    }

    private static String text(String name) {
        String resource = "/torchscript/" + name + ".py";
        try (InputStream text = Program.class.getResourceAsStream(resource)) {
            if (text == null) {
                throw new IllegalArgumentException("No program " + resource + " is on the class path.");
            }
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Compiles a program from its text, which declares one class that extends {@code Module}. */
    public static Program ofText(String name, String code) {
        Torch.start();
        Model model = Model.newInstance(name, "PyTorch");
        try (InputStream archive = new ByteArrayInputStream(pack(name, code))) {
            model.load(archive, Map.of("trainParam", "true"));
            return new Program(model);
        } catch (IOException | MalformedModelException | RuntimeException e) {
            model.close();
            throw new IllegalStateException("Program " + name + " does not load: " + e.getMessage(), e);
        }
    }

    static byte[] pack(String name, String code) throws IOException {
        Matcher declared = CLASS.matcher(code);
        if (!declared.find()) {
            throw new IllegalArgumentException("Program " + name + " declares no class that extends Module.");
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            store(zip, name + "/data.pkl", emptyObject(declared.group(1)));
            store(zip, name + "/code/__torch__.py", code.getBytes(StandardCharsets.UTF_8));
            // A pickled empty tuple: the program has no constants.
            store(zip, name + "/constants.pkl", new byte[] {(byte) 0x80, 2, ')', '.'});
            store(zip, name + "/version", "3\n".getBytes(StandardCharsets.US_ASCII));
        }
        return bytes.toByteArray();
    }

    /** Pickle, protocol 2: an object of the class with the one attribute {@code training = False}. */
    private static byte[] emptyObject(String className) throws IOException {
        ByteArrayOutputStream pickle = new ByteArrayOutputStream();
        pickle.write(new byte[] {(byte) 0x80, 2});
        pickle.write(("c__torch__\n" + className + "\n)").getBytes(StandardCharsets.US_ASCII));
        pickle.write(new byte[] {(byte) 0x81, '}', '(', 'X', 8, 0, 0, 0});
        pickle.write("training".getBytes(StandardCharsets.US_ASCII));
        pickle.write(new byte[] {(byte) 0x89, 'u', 'b', '.'});
        return pickle.toByteArray();
    }

    private static void store(ZipOutputStream zip, String path, byte[] content) throws IOException {
        ZipEntry entry = new ZipEntry(path);
        CRC32 crc = new CRC32();
        crc.update(content);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }

    /**
     * Calls a method.
     *
     * @param training whether gradients are recorded; where not, the results can never require one
     * @param arguments in the method's order: an {@link NDArray}, a {@code List<NDArray>} (not empty) for a list, or a
     *     {@code Map<String, NDArray>} for a dictionary
     * @return the result's tensors, owned by {@code manager}
     */
    public NDList call(NDManager manager, String method, boolean training, Object... arguments) {
        NDList inputs = new NDList();
        // DJL reads the method's name, and the grouping of lists and dictionaries, from the names of arrays.
        NDArray marker = manager.create(0L);
        marker.setName("module_method:" + method);
        inputs.add(marker);
        for (int i = 0; i < arguments.length; i++) {
            String prefix = "a" + i;
            if (arguments[i] instanceof NDArray array) {
                array.setName(prefix);
                inputs.add(array);
            } else if (arguments[i] instanceof List<?> list) {
                for (Object item : list) {
                    NDArray array = (NDArray) item;
                    array.setName(prefix + "[]");
                    inputs.add(array);
                }
            } else if (arguments[i] instanceof Map<?, ?> map) {
                map.forEach((key, value) -> {
                    NDArray array = (NDArray) value;
                    array.setName(prefix + "." + key);
                    inputs.add(array);
                });
            } else {
                throw new IllegalArgumentException("Argument " + i + " of " + method + " is no tensor.");
            }
        }
        // The switch belongs to the thread, and DJL sets it on the one that starts the engine only. With the optimiser
        // on, a method that first ran with gradients fails without them.
        JniUtils.setGraphExecutorOptimize(false);
        if (!training) {
            return IValueUtils.forward(block, inputs, false);
        }
        // DJL leaves the thread's gradient mode off outside its own gradient collector.
        boolean before = JniUtils.isGradMode();
        JniUtils.setGradMode(true);
        try {
            return IValueUtils.forward(block, inputs, true);
        } finally {
            JniUtils.setGradMode(before);
        }
    }

    @Override
    public void close() {
        model.close();
    }
}
