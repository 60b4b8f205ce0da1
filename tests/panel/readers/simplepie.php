<?php
// SimplePie as WordPress ships it, which BuddyPress reads with: paths in, a line of JSON a path out. The first
// argument is the folder `wp-includes`.
error_reporting(E_ALL & ~E_DEPRECATED);
define('ABSPATH', dirname($argv[1]) . '/');
define('WPINC', basename($argv[1]));
require $argv[1] . '/class-simplepie.php';

while (($path = fgets(STDIN)) !== false) {
    $path = rtrim($path, "\n");
    $feed = new SimplePie();
    $feed->enable_cache(false);
    $feed->enable_order_by_date(false);
    $feed->set_raw_data(file_get_contents($path));
    $feed->init();
    $items = [];
    foreach ($feed->get_items() as $item) {
        $items[] = [
            'id' => $item->get_id(),
            'link' => html_entity_decode($item->get_link(), ENT_QUOTES | ENT_HTML5, 'UTF-8'),
            'title' => html_entity_decode($item->get_title(), ENT_QUOTES | ENT_HTML5, 'UTF-8'),
            'date' => $item->get_gmdate('Y-m-d\TH:i:s\Z'),
        ];
    }
    $line = ['path' => $path, 'items' => $items, 'wrong' => $feed->error()];
    echo json_encode($line, JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE), "\n";
}
