package bench;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Runs one contender: warms up, then measures a number of calls. Prints the median duration of a
 * call in nanoseconds, the CPU time of the process per call in nanoseconds, and the bytes that the
 * calling threads allocated per call.
 */
final class Warm {

  private Warm() {}

  public static void main(String[] arguments) throws Exception {
    String operation = arguments[2];
    int threads = Integer.parseInt(arguments[3]);
    int warmUp = Integer.parseInt(arguments[4]);
    int calls = Integer.parseInt(arguments[5]);
    try (Contender contender = Contender.of(arguments[0], arguments[1])) {
      Callable<Object> call =
          switch (operation) {
            case "get" -> contender::get;
            case "deploy" -> contender::deploy;
            case "list" -> contender::list;
            default -> throw new IllegalArgumentException(operation);
          };
      run(call, threads, warmUp);
      System.gc();
      OperatingSystemMXBean system =
          (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
      long before = system.getProcessCpuTime();
      List<Sample> samples = run(call, threads, calls);
      long cpu = system.getProcessCpuTime() - before;
      long[] times =
          samples.stream().flatMapToLong(s -> Arrays.stream(s.nanos())).sorted().toArray();
      long bytes = samples.stream().mapToLong(Sample::bytes).sum();
      System.out.println(
          times[times.length / 2] + " " + cpu / times.length + " " + bytes / times.length);
    }
  }

  private record Sample(long[] nanos, long bytes) {}

  private static List<Sample> run(Callable<Object> call, int threads, int calls) throws Exception {
    ThreadMXBean allocation = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    CyclicBarrier start = new CyclicBarrier(threads);
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    List<Future<Sample>> futures = new ArrayList<>();
    for (int thread = 0; thread < threads; thread++) {
      futures.add(
          executor.submit(
              () -> {
                long[] nanos = new long[calls / threads];
                start.await();
                long before = allocation.getCurrentThreadAllocatedBytes();
                for (int i = 0; i < nanos.length; i++) {
                  long begun = System.nanoTime();
                  if (call.call() == null) {
                    throw new IllegalStateException();
                  }
                  nanos[i] = System.nanoTime() - begun;
                }
                return new Sample(nanos, allocation.getCurrentThreadAllocatedBytes() - before);
              }));
    }
    List<Sample> samples = new ArrayList<>();
    for (Future<Sample> future : futures) {
      samples.add(future.get());
    }
    executor.shutdown();
    return samples;
  }
}
