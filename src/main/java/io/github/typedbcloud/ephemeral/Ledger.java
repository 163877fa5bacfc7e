package io.github.typedbcloud.ephemeral;

import io.github.typedbcloud.model.Scope;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A directory with a file for each cluster that was deployed, or was about to be. The file is
 * written to the disk before the deployment is sent. Who works with a cluster holds a lock on its
 * file.
 */
final class Ledger {

  private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);

  private static final String SUFFIX = ".properties";

  private final Path directory;
  private final String service;
  private final String scope;

  Ledger(Path directory, String service, Scope scope) {
    this.directory = directory;
    this.service = service;
    this.scope = scope.toString();
  }

  /**
   * Records a cluster and holds it until the entry is closed.
   *
   * @throws IllegalStateException when that cannot be written
   */
  Entry open(String id, Instant now) {
    Path file = file(id);
    String text =
        "# A cluster that a test deployed. The next sweep destroys it if the test cannot.\n"
            + "service="
            + service
            + "\nscope="
            + scope
            + "\nid="
            + id
            + "\nwritten="
            + now
            + "\n";
    try {
      Files.createDirectories(directory);
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      channel.lock();
      channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
      channel.force(true);
      return new Entry(id, now, file, channel);
    } catch (IOException e) {
      throw new IllegalStateException(
          "The ledger of ephemeral clusters cannot be written, so none was deployed: "
              + e
              + ". Give a directory that can be, with ledger(path).",
          e);
    }
  }

  /** Whether anybody on this machine has recorded a cluster. */
  boolean records(String id) {
    return Files.exists(file(id));
  }

  /** The entries of this service and scope that nobody holds any more, held now by us. */
  List<Entry> abandoned() {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    List<Entry> entries = new ArrayList<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.filter(path -> path.toString().endsWith(SUFFIX)).sorted().toList()) {
        Entry entry = take(file);
        if (entry != null) {
          entries.add(entry);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The ledger " + directory + " cannot be read", e);
    }
    return entries;
  }

  private @Nullable Entry take(Path file) throws IOException {
    FileChannel channel;
    try {
      channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    } catch (NoSuchFileException e) {
      return null;
    }
    Entry entry = isFree(channel) ? read(file, channel) : null;
    if (entry == null) {
      channel.close();
    }
    return entry;
  }

  /** Takes the lock if nobody, in this process or another, has it. */
  private static boolean isFree(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  private @Nullable Entry read(Path file, FileChannel channel) throws IOException {
    // Somebody may have ended, and removed it, while we waited for the lock.
    if (!Files.exists(file)) {
      return null;
    }
    Properties properties = new Properties();
    properties.load(new StringReader(Files.readString(file)));
    String id = properties.getProperty("id", "");
    if (!service.equals(properties.getProperty("service"))
        || !scope.equals(properties.getProperty("scope"))) {
      return null;
    }
    try {
      Instant written = Instant.parse(properties.getProperty("written", ""));
      if (file.equals(file(id))) {
        return new Entry(id, written, file, channel);
      }
    } catch (DateTimeException e) {
      LOG.trace("Not ours, or cut short", e);
    }
    LOG.warn("{} is no entry of the ledger of ephemeral clusters and is passed over", file);
    return null;
  }

  private Path file(String id) {
    return directory.resolve(id + SUFFIX);
  }

  @Override
  public String toString() {
    return "ledger " + directory;
  }

  /** A recorded cluster, held by this process. Closing it lets it go; removing it forgets it. */
  static final class Entry implements AutoCloseable {
    private final String id;
    private final Instant written;
    private final Path file;
    private final FileChannel channel;

    private Entry(String id, Instant written, Path file, FileChannel channel) {
      this.id = id;
      this.written = written;
      this.file = file;
      this.channel = channel;
    }

    String id() {
      return id;
    }

    Instant written() {
      return written;
    }

    void remove() {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        LOG.warn("{} could not be removed; the next sweep does it", file, e);
      }
    }

    @Override
    public void close() {
      try {
        channel.close();
      } catch (IOException e) {
        LOG.warn("{} could not be let go", file, e);
      }
    }
  }
}
