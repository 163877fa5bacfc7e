package clusters;

import io.github.typedbcloud.ClustersApi;
import io.github.typedbcloud.error.ConflictException;
import io.github.typedbcloud.error.InvalidRequestException;
import io.github.typedbcloud.error.NotFoundException;
import io.github.typedbcloud.error.TypeDBCloudException;
import io.github.typedbcloud.model.Cluster;
import io.github.typedbcloud.model.DeployClusterRequest;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Requests and responses have the fields of the API, bound by Spring's own mapper. */
@RestController
@RequestMapping("/clusters")
class ClustersController {

  private final ClustersApi clusters;

  ClustersController(ClustersApi clusters) {
    this.clusters = clusters;
  }

  @GetMapping
  List<Cluster> list() {
    return clusters.list();
  }

  @GetMapping("/{id}")
  Cluster get(@PathVariable String id) {
    return clusters.get(id);
  }

  @PostMapping
  @ResponseStatus(HttpStatus.ACCEPTED)
  Cluster deploy(@RequestBody DeployClusterRequest request) {
    return clusters.deploy(request);
  }

  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.ACCEPTED)
  Cluster destroy(@PathVariable String id) {
    return clusters.destroy(id);
  }

  @ExceptionHandler
  ProblemDetail problem(TypeDBCloudException e) {
    HttpStatus status =
        e instanceof InvalidRequestException
            ? HttpStatus.BAD_REQUEST
            : e instanceof NotFoundException
                ? HttpStatus.NOT_FOUND
                : e instanceof ConflictException ? HttpStatus.CONFLICT : HttpStatus.BAD_GATEWAY;
    return ProblemDetail.forStatusAndDetail(status, e.getMessage());
  }
}
