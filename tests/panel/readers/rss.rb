# Ruby's rss, which Discourse reads with: paths in, a line of JSON a path out.
require "json"
require "rss"

STDIN.each_line(chomp: true) do |path|
  feed = RSS::Parser.parse(File.read(path, encoding: "UTF-8"), false)
  items = feed.items.map do |item|
    if feed.feed_type == "atom"
      { id: item.id.content, link: item.link.href, title: item.title.content, date: item.published.content }
    else
      { id: item.guid.content, link: item.link, title: item.title, date: item.pubDate }
    end
  end
  items.each { |item| item[:date] = item[:date].getutc.strftime("%Y-%m-%dT%H:%M:%SZ") }
  puts JSON.generate(path: path, items: items, wrong: nil)
rescue StandardError => e
  puts JSON.generate(path: path, items: [], wrong: "#{e.class}: #{e.message}")
end
