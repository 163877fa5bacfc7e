package clusters;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The client and the clusters are auto-configured from the properties. */
@SpringBootApplication(proxyBeanMethods = false)
public class ClustersApplication {

  public static void main(String[] arguments) {
    SpringApplication.run(ClustersApplication.class, arguments);
  }
}
