// .NET's SyndicationFeed as mono has it, the nearest to what Power Automate reads with: paths in, a line of JSON a
// path out.
using System;
using System.Collections.Generic;
using System.ServiceModel.Syndication;
using System.Text;
using System.Xml;

static class Syndication
{
    static string Quoted(string text)
    {
        if (text == null) return "null";
        var quoted = new StringBuilder("\"");
        foreach (char c in text)
            if (c == '"' || c == '\\' || c < ' ') quoted.AppendFormat("\\u{0:x4}", (int)c);
            else quoted.Append(c);
        return quoted.Append('"').ToString();
    }

    static string Item(SyndicationItem item)
    {
        string link = null;
        foreach (var one in item.Links)
            if (link == null && (one.RelationshipType ?? "alternate") == "alternate") link = one.Uri.ToString();
        var date = item.PublishDate.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ");
        return "{\"id\":" + Quoted(item.Id) + ",\"link\":" + Quoted(link) + ",\"title\":" + Quoted(item.Title.Text)
            + ",\"date\":" + Quoted(date) + "}";
    }

    static void Main()
    {
        Console.OutputEncoding = new UTF8Encoding(false);
        string path;
        while ((path = Console.ReadLine()) != null)
        {
            var items = new List<string>();
            string wrong = null;
            try
            {
                using (var reader = XmlReader.Create(path))
                    foreach (var item in SyndicationFeed.Load(reader).Items) items.Add(Item(item));
            }
            catch (Exception error) { wrong = error.GetType().Name + ": " + error.Message; }
            Console.WriteLine("{\"path\":" + Quoted(path) + ",\"items\":[" + string.Join(",", items) + "],\"wrong\":"
                + Quoted(wrong) + "}");
        }
    }
}
