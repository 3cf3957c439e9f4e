import "lib";
